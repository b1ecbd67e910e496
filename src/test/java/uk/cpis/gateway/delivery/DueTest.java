package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DueTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void hasComeWhenTheClockSaysSo() {
    Due due = Due.in(HOUR, InstantSource.fixed(NOON));

    assertThat(due.hasCome(InstantSource.fixed(NOON.plus(HOUR).minusMillis(1)))).isFalse();
    assertThat(due.hasCome(InstantSource.fixed(NOON.plus(HOUR)))).isTrue();
  }

  @Test
  void hasComeWhenTheTimeElapsedAlthoughTheClockWasSetBack() {
    Due due = Due.in(Duration.ZERO, InstantSource.fixed(NOON));

    assertThat(due.hasCome(InstantSource.fixed(NOON.minus(HOUR)))).isTrue();
  }

  @Test
  void isNeverLongerAwayThanItWasWhenTheClockIsSetBack() {
    Due due = Due.in(HOUR, InstantSource.fixed(NOON));

    assertThat(due.remaining(InstantSource.fixed(NOON.minus(HOUR)))).isLessThanOrEqualTo(HOUR);
  }
}
