package uk.cpis.gateway.security;

import java.time.Duration;

/**
 * How old a message may be: the longest life its Timestamp may claim, and how far two clocks may
 * differ. A life below ten minutes would refuse honest toolkits.
 */
public record Freshness(Duration longestLife, Duration skew) {

  /** Takes a positive life and a skew that is not negative. */
  public Freshness {
    if (longestLife.isNegative() || longestLife.isZero() || skew.isNegative()) {
      throw new IllegalArgumentException(
          "a message needs a positive life, clocks a skew of 0 or more");
    }
  }

  public static Freshness standard() {
    return new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(60));
  }
}
