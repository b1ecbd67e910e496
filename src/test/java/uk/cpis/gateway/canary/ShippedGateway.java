package uk.cpis.gateway.canary;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gateway as it is shipped, started as the README says, in a folder of its own: its working
 * folder, its temporary files and all that it prints are there.
 */
final class ShippedGateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern SERVING = Pattern.compile("Serving at (\\S+) until");
  private static final Pattern OPERATIONS = Pattern.compile("operations at ([^\\s;]+);");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The flag of a file that is open for writing, in one of two forms. */
  private static final int WRITING = 3;

  private final Process process;
  private final Path output;
  private final Path errors;

  private ShippedGateway(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Starts it under this name in the folder, with these options of the virtual machine. */
  static ShippedGateway start(Path folder, String name, Path configuration, String... options)
      throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(options));
    command.add("@" + Path.of("target", "cpis").toAbsolutePath());
    command.addAll(List.of("serve", "--until-input-ends", "--config", configuration.toString()));
    Path output = folder.resolve(name + ".out");
    Path errors = folder.resolve(name + ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("work")).toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    ShippedGateway started = new ShippedGateway(process, output, errors);
    await()
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || started.said(output, SERVING) != null);
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended: " + Files.readString(errors));
    }
    return started;
  }

  URI address() throws IOException {
    return URI.create(said(output, SERVING));
  }

  URI operations() throws IOException {
    return URI.create(said(errors, OPERATIONS));
  }

  /** Whether its log has this text. */
  boolean told(String text) throws IOException {
    return Files.readString(errors).contains(text);
  }

  private String said(Path where, Pattern what) throws IOException {
    Matcher said = what.matcher(Files.readString(where));
    return said.find() ? said.group(1) : null;
  }

  /** What operations answer. */
  String asked(String method, String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(operations().resolve(path))
                .header("X-Operator", "canary-test")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The files that it has open for writing; none where the system does not tell. */
  TreeSet<Path> filesWrittenTo() throws IOException {
    Path own = Path.of("/proc", "" + process.pid());
    TreeSet<Path> files = new TreeSet<>();
    if (Files.isDirectory(own.resolve("fd"))) {
      try (Stream<Path> open = Files.list(own.resolve("fd"))) {
        for (Path each : open.toList()) {
          if (writes(own.resolve("fdinfo").resolve(each.getFileName()))) {
            Path file = Files.readSymbolicLink(each);
            if (file.isAbsolute() && Files.isRegularFile(file)) {
              files.add(file);
            }
          }
        }
      }
    }
    return files;
  }

  private static boolean writes(Path information) {
    try (Stream<String> lines = Files.lines(information)) {
      return lines
          .filter(line -> line.startsWith("flags:"))
          .anyMatch(line -> (Integer.parseInt(line.replaceAll("\\D", ""), 8) & WRITING) != 0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  /** Has it close in order. */
  void stop() throws IOException {
    process.getOutputStream().close();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
