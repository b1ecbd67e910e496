package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Whether one lane flows, since when it does not and when it is tried again: the lane's breaker. It
 * says each turn to the operator once: a lane goes bad at its first failure, or after many
 * deferrals in a row, and has recovered when the authority answered for good and no failure came
 * for a while after it, so that one which comes and goes is bad once. Guarded by itself.
 */
final class LaneCondition {

  /** So many deferrals in a row, and nothing answered for good, are told as a bad lane. */
  static final int DEFERRALS_OF_A_BAD_LANE = 10;

  private final OdsCode authority;
  private final RetrySchedule schedule;
  private final Duration calm;
  private final InstantSource clock;
  private final DeliveryLog log;
  private int failures;

  /** Attempts in a row that settled nothing although the authority's system is there. */
  private int deferrals;

  /** Failures of the gateway's own parts in a row, and whether the operator was told. */
  private int troubles;

  private boolean troubleTold;

  private boolean open;
  private boolean calling;

  /** The authority answered for good since the start, and since the last failure. */
  private boolean proven;

  private boolean provenAnew;
  private Optional<Instant> badSince = Optional.empty();
  private Optional<Due> recovered = Optional.empty();
  private int flaps;
  private long settled;
  private Optional<Due> pause = Optional.empty();
  private Optional<String> lastCause = Optional.empty();
  private Optional<Instant> lastSuccess = Optional.empty();

  /**
   * @param calm how long a lane that was bad must do without a failure to count as recovered
   */
  LaneCondition(
      OdsCode authority,
      RetrySchedule schedule,
      Duration calm,
      InstantSource clock,
      DeliveryLog log) {
    this.authority = authority;
    this.schedule = schedule;
    this.calm = calm;
    this.clock = clock;
    this.log = log;
  }

  /** A call begins or ends. */
  synchronized void calling(boolean now) {
    calling = now;
  }

  /** The authority could not be reached: the lane waits, longer each time. */
  synchronized void failed(String cause) {
    waitLonger(cause);
    wentBad();
  }

  /** The gateway's own store or broker failed: the lane waits likewise, but is not at fault. */
  synchronized void troubled(Trouble what, RuntimeException cause) {
    waitLonger(what.toString());
    troubles++;
    if (!troubleTold && troubles >= what.toldAfter()) {
      troubleTold = true;
      log.laneTroubled(authority, what, cause);
    }
  }

  /** The gateway's own parts did what the lane asked of them. */
  synchronized void untroubled() {
    if (troubleTold) {
      log.laneUntroubled(authority);
    }
    troubles = 0;
    troubleTold = false;
  }

  /** Whether the gateway's own parts failed, and have not done their work for the lane since. */
  synchronized boolean isTroubled() {
    return troubles > 0;
  }

  private void waitLonger(String cause) {
    failures++;
    lastCause = Optional.of(cause);
    pause = Optional.of(Due.in(schedule.delayAfter(failures), clock));
  }

  /** The lane does not flow, because so many of its notifications are set aside. */
  synchronized void crowded(int setAside) {
    if (!open) {
      String last = lastCause.orElse("from before the start");
      lastCause = Optional.of(setAside + " notifications are set aside, the last: " + last);
      wentBad();
    }
  }

  private void wentBad() {
    open = true;
    proven = false;
    tellBad();
  }

  private void tellBad() {
    if (badSince.isEmpty()) {
      badSince = Optional.of(clock.instant());
      flaps = 0;
      log.laneDown(authority, lastCause.orElseThrow());
    } else if (recovered.isPresent()) {
      flaps++;
    }
    recovered = Optional.empty();
  }

  /**
   * One notification failed, but the authority's system is there: the lane goes on. Many in a row
   * are told to the operator, as nothing gets through.
   */
  synchronized void deferred(String cause) {
    lastCause = Optional.of(cause);
    pause = Optional.empty();
    failures = 0;
    open = false;
    deferrals++;
    if (deferrals == DEFERRALS_OF_A_BAD_LANE) {
      tellBad();
    }
  }

  /** The authority settled a notification. */
  synchronized void settled() {
    settled++;
    lastSuccess = Optional.of(clock.instant());
    answered();
  }

  /** The authority answered for good, be it by a refusal: the lane flows. */
  synchronized void answered() {
    pause = Optional.empty();
    failures = 0;
    deferrals = 0;
    open = false;
    provenAnew |= !proven;
    proven = true;
    if (badSince.isPresent() && recovered.isEmpty()) {
      recovered = Optional.of(Due.in(calm, clock));
    }
    look();
  }

  /** Says that the lane has recovered, when it has. */
  synchronized void look() {
    if (recovered.filter(due -> due.hasCome(clock)).isPresent()) {
      badSince.ifPresent(since -> log.laneUp(authority, since, flaps));
      badSince = Optional.empty();
      recovered = Optional.empty();
    }
  }

  /** When it is to be looked at again whether the lane has recovered. */
  synchronized Optional<Due> nextLook() {
    return recovered;
  }

  /** Ends the wait now; the failures stay counted. */
  synchronized void hurry() {
    pause = Optional.empty();
  }

  /** Until when the lane waits, where it does. */
  synchronized Optional<Due> pause() {
    return pause.filter(due -> !due.hasCome(clock));
  }

  /** The authority answered for good since the start, and no failure came after it. */
  synchronized boolean proven() {
    return proven;
  }

  /** Whether that has come true since this was last asked. */
  synchronized boolean takeProvenAnew() {
    boolean anew = provenAnew;
    provenAnew = false;
    return anew;
  }

  synchronized LaneStatus.State state() {
    boolean bad = open || pause().isPresent();
    return !bad
        ? LaneStatus.State.FLOWING
        : calling ? LaneStatus.State.PROBING : LaneStatus.State.OPEN;
  }

  synchronized Optional<Instant> badSince() {
    return badSince;
  }

  synchronized long settledSinceStart() {
    return settled;
  }

  synchronized Optional<String> lastCause() {
    return lastCause;
  }

  synchronized Optional<Instant> lastSuccess() {
    return lastSuccess;
  }
}
