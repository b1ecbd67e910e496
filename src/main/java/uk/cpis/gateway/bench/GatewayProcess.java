package uk.cpis.gateway.bench;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A gateway in a process of its own, so that its CPU time is its own too. It ends with {@link
 * #close}, and by itself when the bench is gone, because its standard input ends then.
 */
final class GatewayProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
  private static final long BETWEEN_QUESTIONS_MILLIS = 100;
  private static final int SECONDS_TO_CLOSE = 30;

  private final Process process;
  private final Path log;

  private GatewayProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * How a gateway's Java runs.
   *
   * @param options such as its heap
   * @param settings of the gateway, by the environment
   */
  record Java(List<String> options, Map<String, String> settings) {

    /** Every setting, as this process sees it and as that one will. */
    Map<String, String> environment() {
      Map<String, String> all = new HashMap<>(System.getenv());
      all.putAll(settings);
      return all;
    }
  }

  /**
   * Starts this program's {@code serve} by a configuration, with the Java and the class path of
   * this process, and waits until it is healthy.
   */
  static GatewayProcess start(
      Class<?> program, Java java, Path configuration, URI operations, Path log)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.options());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of("serve", "--until-input-ends", "--config", configuration.toString()));
    File output = log.toFile();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
      builder.environment().putAll(java.settings());
      Process process = builder.start();
      GatewayProcess started = new GatewayProcess(process, log);
      started.awaitHealth(operations);
      return started;
    } catch (IOException e) {
      throw new BenchException("cannot start a gateway", e);
    }
  }

  private void awaitHealth(URI operations) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    try {
      while (!healthy(operations)) {
        if (!process.isAlive()) {
          throw new BenchException(
              "the gateway ended with status " + process.exitValue() + ": see " + log);
        }
        if (System.nanoTime() > deadline) {
          throw new BenchException("the gateway is not healthy in time: see " + log);
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS_MILLIS);
      }
    } catch (InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static boolean healthy(URI operations) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(operations.resolve("/health")).timeout(LONGEST_ANSWER).build();
    try {
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new BenchException("the gateway does not answer about its health", e);
    }
  }

  /** The CPU time it has used since it started, on all its threads. */
  Duration cpuTime() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new BenchException("this system does not tell the gateway's CPU time"));
  }

  /** Ends it gently, or after a while by force; an interrupted thread does not wait less. */
  @Override
  public void close() {
    process.destroy();
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_CLOSE);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
