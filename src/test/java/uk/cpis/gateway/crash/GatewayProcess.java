package uk.cpis.gateway.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import uk.cpis.gateway.SteppedGateway;
import uk.cpis.gateway.steps.Step;

/**
 * A gateway in a process of its own, to be killed with SIGKILL: at a step, or at any time. What it
 * prints is kept. It ends when this one ends. Safe to share between threads.
 */
public final class GatewayProcess implements AutoCloseable {

  /** Between the standing still at a step and the kill. */
  private static final long LINGER_MILLIS = Long.getLong("crash.linger", 500);

  private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

  /** Quick to start; a lasting run takes its own. */
  public static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto");

  private final Process process;
  private final Path output;
  private final long started = System.nanoTime();
  private final CompletableFuture<URI> serving = new CompletableFuture<>();
  private final CompletableFuture<URI> operations = new CompletableFuture<>();
  private final CompletableFuture<Step> standing = new CompletableFuture<>();
  private volatile CompletableFuture<Long> heap = new CompletableFuture<>();
  private volatile CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private volatile boolean killAtStep;
  private volatile long startNanos;

  private GatewayProcess(Process process, Path output, boolean killAtStep) {
    this.process = process;
    this.output = output;
    this.killAtStep = killAtStep;
  }

  /** At which step the process is killed, and how many times it passes there before. */
  public record Death(Step step, int passes) {

    @Override
    public String toString() {
      return step + (passes == 0 ? "" : " after " + passes);
    }
  }

  /**
   * How it is started.
   *
   * @param output the file that what it prints is added to
   * @param options of its virtual machine
   * @param clockAhead by how much its clock is ahead of the system's
   * @param death where it is killed, should it get there
   * @param before a command that runs it, such as one that sets limits
   */
  public record Launch(
      Path configuration,
      Path output,
      List<String> options,
      Duration clockAhead,
      Optional<Death> death,
      List<String> before) {}

  /** Starts it and does not wait. */
  public static GatewayProcess start(Launch launch) {
    List<String> command = new ArrayList<>(launch.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.options());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SteppedGateway.class.getName());
    command.add(launch.configuration().toString());
    command.add(launch.clockAhead().toString());
    command.add(launch.death().map(death -> death.step().name()).orElse("-"));
    command.add(launch.death().map(death -> "" + death.passes()).orElse("0"));
    try {
      Files.createDirectories(launch.output().toAbsolutePath().getParent());
      File errors = launch.output().resolveSibling(launch.output().getFileName() + ".err").toFile();
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(errors))
              .start();
      GatewayProcess started =
          new GatewayProcess(process, launch.output(), launch.death().isPresent());
      Thread reader = new Thread(started::read, "output-of-the-gateway");
      reader.setDaemon(true);
      reader.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter kept =
            new PrintWriter(
                Files.newBufferedWriter(
                    output, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.println(line);
        if (line.startsWith("@@")) {
          heard(line.substring(2).split(" "));
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
    IllegalStateException gone = new IllegalStateException("the gateway has ended: see " + output);
    Stream.of(serving, operations, standing).forEach(each -> each.completeExceptionally(gone));
    heap.completeExceptionally(gone);
    opened.completeExceptionally(gone);
  }

  private void heard(String[] words) {
    switch (words[0]) {
      case "SERVING" -> {
        startNanos = System.nanoTime() - started;
        operations.complete(URI.create(words[2]));
        serving.complete(URI.create(words[1]));
      }
      case "AT" -> {
        if (killAtStep) {
          lingering();
          process.destroyForcibly();
        }
        standing.complete(Step.valueOf(words[1]));
      }
      case "OPENED" -> opened.complete(true);
      case "HEAP" -> heap.complete(Long.valueOf(words[1]));
      default -> {}
    }
  }

  /** What left too early has time to arrive: a reply before its commit, say. */
  private static void lingering() {
    try {
      TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it serves; fails when it has ended, or it takes longer. */
  public URI awaitServing(Duration longest) {
    return await(serving, longest);
  }

  /** Where its operations listen, once it serves. */
  public URI operations() {
    return await(operations, Duration.ofSeconds(1));
  }

  /** How long it took from the start of the process until it served. */
  public Duration startTook() {
    return Duration.ofNanos(startNanos);
  }

  /** Kills it as soon as it gets to this step, having passed there so many times. */
  public void dieAt(Death death) {
    killAtStep = true;
    order("stand-still-at " + death.step() + " " + death.passes());
  }

  /** Whether it got to the step where it dies within this time; it is killed then. */
  public boolean died(Duration longest) {
    try {
      standing.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      awaitEnd();
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills it now: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends the process a signal by its name. */
  public void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("signal " + name + " was not sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** What it has used since it started, on all its threads. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public long pid() {
    return process.pid();
  }

  /** With what status it ended. */
  public int exit() {
    awaitEnd();
    return process.exitValue();
  }

  /** What its heap holds after a collection, in bytes. */
  public long heapAfterCollection() {
    heap = new CompletableFuture<>();
    order("heap");
    return await(heap, Duration.ofMinutes(1));
  }

  /** Has it close its gateway and open another on the same data, so many times, and waits. */
  public void closeAndOpen(int times, Duration longest) {
    opened = new CompletableFuture<>();
    order("close-and-open " + times);
    await(opened, longest);
  }

  /** Has it close in order, and waits for that. */
  public void stop() {
    order("stop");
    awaitEnd();
  }

  private void order(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended just now; whoever waits for the answer is told.
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the gateway does not end: " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T await(CompletableFuture<T> future, Duration longest) {
    try {
      return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the gateway has ended", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the gateway takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
