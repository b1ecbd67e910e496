package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after so many failures in a row. Chance only ever shortens a wait, so that lanes
 * which failed together do not come back together and none waits longer than the longest. Guarded
 * by itself.
 */
final class RetrySchedule {

  private final RetrySettings settings;
  private final RandomGenerator random;

  RetrySchedule(RetrySettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  synchronized Duration delayAfter(int failures) {
    double share = 1 - settings.jitter() * random.nextDouble();
    return Duration.ofNanos((long) (base(failures).toNanos() * share));
  }

  /** No wait that was kept somewhere is longer than this. */
  Duration longest() {
    return settings.longest();
  }

  private Duration base(int failures) {
    Duration base = settings.first();
    for (int i = 1; i < failures && base.compareTo(settings.longest()) < 0; i++) {
      base = base.multipliedBy(2);
    }
    return base.compareTo(settings.longest()) < 0 ? base : settings.longest();
  }
}
