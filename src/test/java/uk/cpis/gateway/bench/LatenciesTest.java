package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void percentilesAreTheNearestRanks() {
    Latencies.Summary summary = Latencies.Summary.of(List.of(latencies(1, 200)));

    assertThat(summary.count()).isEqualTo(200);
    assertThat(summary.p50()).isEqualTo(Duration.ofNanos(100));
    assertThat(summary.p99()).isEqualTo(Duration.ofNanos(198));
    assertThat(summary.longest()).isEqualTo(Duration.ofNanos(200));
  }

  @Test
  void percentilesAreOfAllThreadsTogetherInWhateverOrder() {
    Latencies.Summary summary =
        Latencies.Summary.of(List.of(latencies(51, 100), latencies(1, 50), new Latencies()));

    assertThat(summary.count()).isEqualTo(100);
    assertThat(summary.p50()).isEqualTo(Duration.ofNanos(50));
    assertThat(summary.p99()).isEqualTo(Duration.ofNanos(99));
  }

  @Test
  void ofOneDurationEverythingIsThatOne() {
    Latencies.Summary summary = Latencies.Summary.of(List.of(latencies(7, 7)));

    assertThat(List.of(summary.p50(), summary.p99(), summary.longest()))
        .containsOnly(Duration.ofNanos(7));
  }

  @Test
  void ofNothingEverythingIsZero() {
    Latencies.Summary summary = Latencies.Summary.of(List.of());

    assertThat(summary)
        .isEqualTo(new Latencies.Summary(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void keepsMoreThanItHadRoomForAtFirst() {
    Latencies.Summary summary = Latencies.Summary.of(List.of(latencies(1, 5_000)));

    assertThat(summary.count()).isEqualTo(5_000);
    assertThat(summary.p99()).isEqualTo(Duration.ofNanos(4_950));
  }

  private static Latencies latencies(long from, long to) {
    Latencies latencies = new Latencies();
    LongStream.rangeClosed(from, to).forEach(latencies::add);
    return latencies;
  }
}
