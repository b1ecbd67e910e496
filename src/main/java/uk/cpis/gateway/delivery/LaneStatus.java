package uk.cpis.gateway.delivery;

import java.time.Instant;
import java.util.Optional;
import uk.cpis.gateway.domain.OdsCode;

/**
 * How one lane is doing, or one mailbox.
 *
 * @param waiting owed, neither settled nor given up; those set aside included
 * @param setAside how many wait on clocks of their own
 * @param settledSinceStart how many this process settled
 * @param lastCause why the last attempt failed, where one did
 * @param badSince since when the lane is bad: it is until it has flowed for a while
 */
public record LaneStatus(
    OdsCode authority,
    State state,
    long waiting,
    int setAside,
    long settledSinceStart,
    long deadLetters,
    Optional<Instant> nextAttempt,
    Optional<String> lastCause,
    Optional<Instant> lastSuccess,
    Optional<Instant> oldestUnsettled,
    Optional<Instant> badSince) {

  /** Whether notifications get through. */
  public enum State {
    FLOWING,
    /**
     * The authority could not be reached, or too many are set aside: nothing is sent until the
     * clock says so.
     */
    OPEN,
    /** The lane is open, and one call is on its way to see whether that is over. */
    PROBING,
    /** There is no lane: the authority collects, and what waits is offered to it. */
    MAILBOX
  }
}
