package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

  @Test
  void doublesTheWaitWithEachFailure() {
    RetrySchedule schedule = schedule(0.25, always(0));

    assertThat(waits(schedule, 5))
        .containsExactly(
            SECOND,
            SECOND.multipliedBy(2),
            SECOND.multipliedBy(4),
            SECOND.multipliedBy(8),
            SECOND.multipliedBy(16));
  }

  @Test
  void neverWaitsLongerThanTheLongest() {
    RetrySchedule schedule = schedule(0.25, new Random(7));

    assertThat(IntStream.of(11, 12, 100, Integer.MAX_VALUE).mapToObj(schedule::delayAfter))
        .allSatisfy(
            wait ->
                assertThat(wait)
                    .isBetween(QUARTER_HOUR.dividedBy(4).multipliedBy(3), QUARTER_HOUR));
  }

  @Test
  void shortensAWaitByChanceWithinItsShare() {
    assertThat(schedule(0.5, always(0.5)).delayAfter(1))
        .isEqualTo(SECOND.dividedBy(4).multipliedBy(3));
    assertThat(schedule(0.5, always(0.999)).delayAfter(1)).isBetween(SECOND.dividedBy(2), SECOND);
  }

  @Test
  void spreadsLanesThatFailedTogether() {
    RetrySchedule schedule = schedule(0.25, new Random(7));

    assertThat(Stream.generate(() -> schedule.delayAfter(3)).limit(100).distinct())
        .hasSizeGreaterThan(90);
  }

  @Test
  void refusesWaitsThatMakeNoSense() {
    assertThatThrownBy(() -> RetrySettings.between(Duration.ZERO, SECOND))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RetrySettings.between(QUARTER_HOUR, SECOND))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetrySettings(SECOND, QUARTER_HOUR, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Stream<Duration> waits(RetrySchedule schedule, int failures) {
    return IntStream.rangeClosed(1, failures).mapToObj(schedule::delayAfter);
  }

  private static RetrySchedule schedule(double jitter, RandomGenerator random) {
    return new RetrySchedule(new RetrySettings(SECOND, QUARTER_HOUR, jitter), random);
  }

  /** Chance that always falls the same way; a share of one. */
  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new IllegalStateException("only shares are drawn");
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
