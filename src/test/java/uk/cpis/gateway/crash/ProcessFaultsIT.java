package uk.cpis.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.cli.Cpis;

/**
 * The real process stands still, meets another one on its data, or runs out of files, under load:
 * checked from the outside, as after a kill. The system property {@code faults.freeze} makes it
 * stand still for longer.
 */
class ProcessFaultsIT {

  private static final long SEED = 20261123;
  private static final Duration FREEZE =
      Duration.parse(System.getProperty("faults.freeze", "PT4S"));
  private static final List<String> FEW_FILES =
      List.of("/bin/sh", "-c", "ulimit -n 450; exec \"$0\" \"$@\"");
  private static final int MANY = Integer.getInteger("faults.connections", 1000);
  private static final int SHED_AFTER_MILLIS = 2_000;
  private static final String NO_FILE = "Too many open files";
  private static final Duration WITHOUT_FILES = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** More than there are files for, so that they and not the limit run out. */
  private static final Map<String, String> MANY_CONNECTIONS =
      Map.of(
          "cpis.http.connections",
          "5000",
          "cpis.http.connections-per-sender",
          "5000",
          "cpis.http.idle-timeout",
          "5m");

  @TempDir Path folder;

  @Test
  void losesNothingWhenTheProcessStandsStillUnderLoad() throws InterruptedException {
    try (CrashRun run = new CrashRun(folder, SEED, System.out)) {
      run.begin();
      awaitAnswers(run);
      run.freeze(FREEZE);

      assertThat(run.world().gateway().alive()).isTrue();
      assertThat(run.verdict().broken()).isEmpty();
    }
  }

  @Test
  void aSecondProcessOnTheSameDataEndsWithAClearWordAndTheFirstIsUnharmed() throws Exception {
    try (CrashRun run = new CrashRun(folder, SEED, System.out)) {
      run.begin();

      Ended sameStore = serve(run.world().configuration());
      Ended sameJournal = serve(withAnotherStore(run.world().configuration()));

      assertThat(sameStore.output()).contains("is open already in another process");
      assertThat(sameStore.status()).isNotZero();
      assertThat(sameJournal.output()).contains("is in use by another process");
      assertThat(sameJournal.status()).isNotZero();
      assertThat(run.world().gateway().alive()).isTrue();
      assertThat(run.verdict().broken()).isEmpty();
    }
  }

  @Test
  void keepsFilesForItselfWhenCallersTakeAllTheyCan() throws Exception {
    try (CrashRun run = new CrashRun(folder, SEED, System.out, MANY_CONNECTIONS)) {
      run.world().before(FEW_FILES);
      run.begin();
      awaitAnswers(run);

      List<Socket> idle = idleUntilShed(run.world().address().getPort());
      assertThat(idle)
          .as("connections beyond those it has files for are shed")
          .hasSizeLessThan(MANY);
      awaitUp(run);
      assertThat(told(run, "CPG-FEW-FILES")).isTrue();
      assertThat(told(run, NO_FILE)).as("the gateway had files for itself").isFalse();
      for (Socket each : idle) {
        each.close();
      }

      assertThat(run.verdict().broken()).isEmpty();
    }
  }

  @Test
  void servesAgainByItselfAfterAMomentWithoutAnyFileToOpen() throws Exception {
    try (CrashRun run = new CrashRun(folder, SEED, System.out, MANY_CONNECTIONS)) {
      run.begin();
      awaitAnswers(run);
      String before = mayOpen(run, "1");
      List<Socket> callers = idleUntilShed(run.world().address().getPort());
      await().atMost(PATIENCE).until(() -> told(run, NO_FILE));
      assertThat(callers).as("nobody new gets in").hasSizeLessThan(MANY);
      TimeUnit.MILLISECONDS.sleep(WITHOUT_FILES.toMillis());
      assertThat(run.world().gateway().alive()).isTrue();

      mayOpen(run, before);
      for (Socket each : callers) {
        each.close();
      }
      awaitUp(run);
      assertThat(run.verdict().broken()).isEmpty();
    }
  }

  /** It works for a living. */
  private static void awaitAnswers(CrashRun run) {
    await().atMost(PATIENCE).until(() -> run.load().answered() >= 20);
  }

  private static boolean told(CrashRun run, String text) throws IOException {
    return Files.readString(run.world().output()).contains(text);
  }

  private static void awaitUp(CrashRun run) {
    await().atMost(PATIENCE).untilAsserted(() -> assertUp(run.world().get("/health")));
  }

  private static void assertUp(JsonNode health) {
    assertThat(health.path("status").asText()).as("down: %s", down(health)).isEqualTo("up");
  }

  private static List<String> down(JsonNode health) {
    return StreamSupport.stream(health.path("parts").spliterator(), false)
        .filter(part -> !part.path("up").asBoolean())
        .map(JsonNode::toString)
        .toList();
  }

  /** From now on the process opens no file beyond this many; what it was before. */
  private static String mayOpen(CrashRun run, String files) throws Exception {
    String pid = "" + run.world().gateway().pid();
    String before = prlimit("--pid", pid, "--nofile", "--noheadings", "--raw", "--output=SOFT");
    prlimit("--pid", pid, "--nofile=" + files + ":");
    return before;
  }

  private static String prlimit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("prlimit"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(process.waitFor() == 0, "not run: the limits of a process cannot be set here");
      return output.strip();
    } catch (IOException e) {
      return abort("not run: there is no prlimit here");
    }
  }

  private record Ended(int status, String output) {}

  /** The shipped command on this configuration, which is expected to end by itself. */
  private Ended serve(Path configuration) throws IOException, InterruptedException {
    Path output = folder.resolve("second.out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Cpis.class.getName(),
                "serve",
                "--config",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("it ends by itself")
          .isTrue();
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path withAnotherStore(Path configuration) throws IOException {
    String text =
        Files.readString(configuration)
            .replace("cpis.store.directory=store", "cpis.store.directory=other-store")
            .replaceAll("cpis.http.port=\\d+", "cpis.http.port=0");
    return Files.writeString(configuration.resolveSibling("second.properties"), text);
  }

  /** As many as the gateway lets stand, each doing nothing; the first that it sheds ends it. */
  private static List<Socket> idleUntilShed(int port) throws IOException {
    List<Socket> open = new ArrayList<>();
    while (open.size() < MANY) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SHED_AFTER_MILLIS);
        open.add(socket);
      } catch (IOException e) {
        socket.close();
        return open;
      }
    }
    return open;
  }
}
