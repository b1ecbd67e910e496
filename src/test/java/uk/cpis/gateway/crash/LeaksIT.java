package uk.cpis.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * I9: whatever ends badly, and however often, the process holds as many threads, files, temporary
 * files and as much heap afterwards as before. The system property {@code faults.cycles} says how
 * often; without it, the ordinary run, there are too few cycles to tell a leak from a pool that
 * grew.
 */
@EnabledIfSystemProperty(named = "faults.cycles", matches = "\\d+")
class LeaksIT {

  private static final int CYCLES = Integer.getInteger("faults.cycles", 10);
  private static final int FIRST_CYCLES = 10;
  private static final Duration LONGEST_CYCLE = Duration.ofSeconds(20);
  private static final Duration LONGEST_TO_GO = Duration.ofSeconds(90);

  /** Pools may stand at another size, and the store may have opened some more of its files. */
  private static final int PLAY = 16;

  private static final double HEAP_PLAY = 1.1;

  /** A collection takes what only caches hold: it would stand for as long as there is room. */
  private static final String CACHES_GO = "-XX:SoftRefLRUPolicyMSPerMB=0";

  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void makeAFolderForTemporaryFiles() throws IOException {
    temporary = Files.createDirectories(folder.resolve("temporary"));
  }

  @Test
  void holdsNoMoreAfterManyConnectionsThatEndBadly() throws Exception {
    try (CrashRun run = started()) {
      run.begin();
      badEndings(run, FIRST_CYCLES);
      Holdings before = quiet(run);
      long heapBefore = run.world().gateway().heapAfterCollection();

      run.load().work();
      badEndings(run, CYCLES);

      run.load().rest();
      run.load().quiet();
      assertNothingIsLeft(run, before, heapBefore);
      assertThat(run.verdict().broken()).isEmpty();
    }
  }

  @Test
  void holdsNoMoreAfterItWasClosedAndOpenedManyTimes() throws Exception {
    try (CrashRun run = started()) {
      run.world().start();
      GatewayProcess gateway = run.world().gateway();
      gateway.closeAndOpen(FIRST_CYCLES, LONGEST_CYCLE.multipliedBy(FIRST_CYCLES));
      long heapBefore = gateway.heapAfterCollection();
      Holdings before = held(run);

      gateway.closeAndOpen(CYCLES, LONGEST_CYCLE.multipliedBy(CYCLES));

      assertNothingIsLeft(run, before, heapBefore);
    }
  }

  private CrashRun started() {
    CrashRun run = new CrashRun(folder.resolve("run"), 20261124, System.out);
    List<String> options = new ArrayList<>(GatewayProcess.QUICK);
    options.add(CACHES_GO);
    options.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
    run.world().options(options);
    return run;
  }

  private void badEndings(CrashRun run, int cycles) throws Exception {
    int port = run.world().address().getPort();
    List<AuthorityBehaviour> bad =
        List.of(
            AuthorityBehaviour.RESET, AuthorityBehaviour.GARBAGE, AuthorityBehaviour.UNAVAILABLE);
    for (int i = 0; i < cycles; i++) {
      run.world().behave(bad.get(i % bad.size()));
      saysNoTls(port);
      refusedAtTheHandshake(port, TestCertificates.all().of(Group.BAD, "expired").keyMaterial());
      aborted(port);
      TimeUnit.MILLISECONDS.sleep(100);
      run.world().behave(AuthorityBehaviour.ACCEPT);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void saysNoTls(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void refusedAtTheHandshake(int port, KeyMaterial certificate) {
    try (RawHttps connection = RawHttps.connect(port, certificate)) {
      assertThat(connection.send("GET /query HTTP/1.1\r\n\r\n").reply().status()).isZero();
    } catch (IOException | IllegalStateException e) {
      // As it must be.
    }
  }

  private static void aborted(int port) throws IOException {
    try (RawHttps connection = RawHttps.connect(port, TestSystem.homerton().tlsKeys())) {
      connection.send(
          "POST /query HTTP/1.1\r\nHost: it\r\nContent-Type: text/xml\r\n"
              + "Content-Length: 5000\r\n\r\n<soap:Envelope");
    }
  }

  private Holdings quiet(CrashRun run) throws InterruptedException {
    run.load().rest();
    run.load().quiet();
    return held(run);
  }

  private Holdings held(CrashRun run) {
    return Holdings.of(run.world().gateway().pid(), temporary);
  }

  /** What is on its way to end has time for it: a leak stays. */
  private void assertNothingIsLeft(CrashRun run, Holdings before, long heapBefore) {
    long[] heap = new long[1];
    try {
      await()
          .atMost(LONGEST_TO_GO)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                heap[0] = run.world().gateway().heapAfterCollection();
                return heap[0] < HEAP_PLAY * heapBefore && isBack(held(run), before);
              });
    } finally {
      Holdings after = held(run);
      System.out.printf(
          "after %d cycles: threads %d -> %d, files %d -> %d, temporary files %d -> %d,"
              + " heap %.1f -> %.1f MB; more: %s%n",
          CYCLES,
          before.threadCount(),
          after.threadCount(),
          before.fileCount(),
          after.fileCount(),
          before.temporaryCount(),
          after.temporaryCount(),
          heapBefore / 1e6,
          heap[0] / 1e6,
          after.beyond(before));
    }
  }

  private static boolean isBack(Holdings after, Holdings before) {
    return after.threadCount() <= before.threadCount() + PLAY
        && after.fileCount() <= before.fileCount() + PLAY
        && after.temporaryCount() <= before.temporaryCount();
  }
}
