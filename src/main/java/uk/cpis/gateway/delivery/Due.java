package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When something is tried again: by the gateway's clock or by elapsed time, whichever comes first,
 * so that a clock set back delays nothing.
 */
record Due(Instant at, long elapsedNanos) {

  static Due in(Duration delay, InstantSource clock) {
    return new Due(clock.instant().plus(delay), System.nanoTime() + delay.toNanos());
  }

  boolean hasCome(InstantSource clock) {
    return remaining(clock).isZero();
  }

  /** How long it is until then; zero when it has come. */
  Duration remaining(InstantSource clock) {
    Duration byClock = Duration.between(clock.instant(), at);
    Duration byElapsed = Duration.ofNanos(elapsedNanos - System.nanoTime());
    Duration shorter = byClock.compareTo(byElapsed) < 0 ? byClock : byElapsed;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }
}
