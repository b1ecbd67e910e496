package uk.cpis.gateway.delivery;

import java.time.Duration;

/**
 * How patiently delivery is tried again: the first wait, doubled with each failure up to the
 * longest, and the share of each wait that is left to chance.
 */
public record RetrySettings(Duration first, Duration longest, double jitter) {

  private static final double DEFAULT_JITTER = 0.25;

  /** Takes only what makes waits longer than nothing and never longer than the longest. */
  public RetrySettings {
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("retry waits must be positive, the longest not shorter");
    }
    if (!(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException("the jitter of retry is a share from 0 to below 1");
    }
  }

  /** These waits with the usual jitter of a quarter. */
  public static RetrySettings between(Duration first, Duration longest) {
    return new RetrySettings(first, longest, DEFAULT_JITTER);
  }
}
