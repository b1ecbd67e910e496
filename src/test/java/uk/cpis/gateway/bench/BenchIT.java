package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.cli.Cpis;
import uk.cpis.gateway.simulator.Clinicians;
import uk.cpis.gateway.testing.TestCertificates;

class BenchIT {

  @TempDir Path folder;

  @Test
  void measuresAGatewayInAProcessOfItsOwnAndEndsIt() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    StringWriter said = new StringWriter();

    boolean asItShould = new Bench(plan(), Cpis.class, new PrintWriter(said)).run();

    assertThat(asItShould).as(said.toString()).isTrue();
    assertThat(said.toString())
        .containsPattern("queries +[1-9]\\d* a second")
        .containsPattern("latency +p50 [\\d.]+ ms, p99 [\\d.]+ ms")
        .containsPattern("gateway CPU +[1-9]\\d* us a query")
        .containsPattern("notifications +[1-9]\\d* hits, ([1-9]\\d*) owed, \\1 settled")
        .containsPattern("over Body, To, MessageID, Action, Timestamp;")
        .containsPattern("yardstick .*; [1-9]\\d* us of CPU")
        .containsPattern("share +\\d+ % of .*, [1-9]\\d* % by CPU time")
        .contains("TLSv1.3");
    assertThat(ProcessHandle.current().children()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("estate", "gateway.log", "lock");
  }

  private BenchPlan plan() {
    return new BenchPlan(
        2,
        20,
        Duration.ofSeconds(1),
        50,
        50,
        10,
        Clinicians.CONSULTANT,
        new BenchPlan.Place(folder, TestCertificates.all().directory()),
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  }
}
