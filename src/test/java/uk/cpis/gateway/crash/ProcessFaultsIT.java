package uk.cpis.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.cli.Cpis;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.TestSystem;

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
  private static final int MANY = Integer.getInteger("faults.connections", 300);

  /** More than there are files for, so that they and not the limit run out. */
  private static final Map<String, String> MANY_CONNECTIONS =
      Map.of("cpis.http.connections", "5000", "cpis.http.connections-per-sender", "5000");

  @TempDir Path folder;

  @Test
  void losesNothingWhenTheProcessStandsStillUnderLoad() throws InterruptedException {
    try (CrashRun run = new CrashRun(folder, SEED, System.out)) {
      run.begin();
      TimeUnit.SECONDS.sleep(1);
      run.freeze(FREEZE);
      TimeUnit.SECONDS.sleep(1);

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
  void shedsLoadWithFewFilesLeftAndLosesNothing() throws Exception {
    assumeTrue(
        System.getProperty("faults.connections") != null,
        "not run: takes minutes, so the long form (-Pfaults) runs it");
    try (CrashRun run = new CrashRun(folder, SEED, System.out, MANY_CONNECTIONS)) {
      run.world().before(FEW_FILES);
      run.begin();

      List<RawHttps> idle = connections(run.world().address().getPort());
      TimeUnit.SECONDS.sleep(1);
      for (RawHttps each : idle) {
        each.close();
      }

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> run.world().get("/health").path("status").asText().equals("up"));
      assertThat(run.world().gateway().alive()).isTrue();
      assertThat(run.verdict().broken()).isEmpty();
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
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
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

  /** As many as the gateway lets stand, each doing nothing; the first that it sheds is the last. */
  private static List<RawHttps> connections(int port) {
    List<RawHttps> open = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      TestSystem system = i % 2 == 0 ? TestSystem.homerton() : TestSystem.nhs111();
      try {
        open.add(RawHttps.connect(port, system.tls().keyMaterial()));
      } catch (RuntimeException | AssertionError e) {
        return open;
      }
    }
    return open;
  }
}
