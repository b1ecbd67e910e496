package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.testing.RecordedLog;

class DiskGaugeTest {

  private static final long MEGABYTE = 1L << 20;

  private final AtomicLong free = new AtomicLong(500 * MEGABYTE);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger looks = new AtomicInteger();
  private final DiskGauge gauge =
      new DiskGauge(
          100 * MEGABYTE,
          () -> {
            looks.incrementAndGet();
            return free.get();
          },
          nanos::get);

  @Test
  void isLowBelowTheLeastAndAgainEnoughWithAQuarterMore() {
    assertThat(gauge.low()).isFalse();
    assertThat(lowAt(100)).isFalse();
    assertThat(lowAt(99)).isTrue();
    assertThat(lowAt(124)).isTrue();
    assertThat(lowAt(125)).isFalse();
    assertThat(lowAt(101)).isFalse();
  }

  @Test
  void looksOnceASecondHoweverOftenItIsAsked() {
    later(Duration.ofMillis(999));
    free.set(0);
    assertThat(gauge.low()).isFalse();
    assertThat(looks).hasValue(1);

    later(Duration.ofMillis(1));
    assertThat(gauge.low()).isTrue();
    assertThat(gauge.low()).isTrue();
    assertThat(looks).hasValue(2);
  }

  @Test
  void tellsEachTurnOnce() {
    try (RecordedLog log = RecordedLog.of(DiskGauge.class.getName())) {
      lowAt(99);
      lowAt(98);
      lowAt(300);
      lowAt(200);
      assertThat(log.messages()).hasSize(2);
      assertThat(log.messages().get(0)).startsWith("CPG-DISK-LOW free=99MB least=100MB");
      assertThat(log.messages().get(1)).startsWith("CPG-DISK-ENOUGH free=300MB least=100MB");
    }
  }

  @Test
  void saysWhatIsWrongWhileItIsLow() {
    assertThat(gauge.fault()).isEmpty();
    assertThat(gauge.state()).isEqualTo("500MB free, at least 100MB needed");
    lowAt(7);
    assertThat(gauge.fault()).hasValueSatisfying(told -> assertThat(told).contains("7MB free"));
  }

  @Test
  void takesADiskThatCannotBeLookedAtForAFullOne() {
    assertThat(DiskGauge.of(Path.of("no", "such", "folder"), 1).low()).isTrue();
  }

  private boolean lowAt(long megabytes) {
    free.set(megabytes * MEGABYTE);
    later(Duration.ofSeconds(1));
    return gauge.low();
  }

  private void later(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
