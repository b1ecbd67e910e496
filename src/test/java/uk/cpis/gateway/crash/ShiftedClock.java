package uk.cpis.gateway.crash;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, ahead of it by as much as it was told so far. */
public final class ShiftedClock implements InstantSource {

  private volatile Duration ahead = Duration.ZERO;

  public void shift(Duration further) {
    ahead = ahead.plus(further);
  }

  public Duration ahead() {
    return ahead;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
