package uk.cpis.gateway.delivery;

import java.time.Duration;

/**
 * How delivery behaves.
 *
 * @param persistDuration how long a notification is tried before a failure makes it a dead letter
 * @param mostSetAside how many notifications of one lane may wait on clocks of their own; beyond it
 *     the lane waits
 * @param calm how long a lane that was bad must do without a failure to count as recovered
 * @param brokerPause how long the relay waits before it tries a failing broker again
 * @param closeWait how long closing waits for attempts that are on their way
 */
public record DeliverySettings(
    RetrySettings retry,
    Duration persistDuration,
    SendAgainSettings sendAgain,
    int mostSetAside,
    Duration calm,
    Duration brokerPause,
    Duration closeWait) {

  private static final int DEFAULT_MOST_SET_ASIDE = 100;
  private static final Duration DEFAULT_CALM = Duration.ofMinutes(1);
  private static final Duration DEFAULT_BROKER_PAUSE = Duration.ofSeconds(1);
  private static final Duration DEFAULT_CLOSE_WAIT = Duration.ofSeconds(5);

  /** Takes a lane that may set at least one aside. */
  public DeliverySettings {
    if (mostSetAside < 1) {
      throw new IllegalArgumentException("a lane must be able to set one notification aside");
    }
  }

  /** These waits, with the defaults for the rest. */
  public static DeliverySettings of(
      RetrySettings retry, Duration persistDuration, SendAgainSettings sendAgain) {
    return new DeliverySettings(
        retry,
        persistDuration,
        sendAgain,
        DEFAULT_MOST_SET_ASIDE,
        DEFAULT_CALM,
        DEFAULT_BROKER_PAUSE,
        DEFAULT_CLOSE_WAIT);
  }
}
