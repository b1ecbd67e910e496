package uk.cpis.gateway.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Whether one lane flows, since when it does not and when it is tried again. It says each turn to
 * the operator once: a lane goes bad at its first failure and recovers when the authority answers
 * for good again. Guarded by itself.
 */
final class LaneCondition {

  private final OdsCode authority;
  private final RetrySchedule schedule;
  private final InstantSource clock;
  private final DeliveryLog log;
  private int failures;
  private Optional<Instant> downSince = Optional.empty();
  private long settled;
  private Optional<Due> pause = Optional.empty();
  private Optional<String> lastCause = Optional.empty();
  private Optional<Instant> lastSuccess = Optional.empty();

  LaneCondition(OdsCode authority, RetrySchedule schedule, InstantSource clock, DeliveryLog log) {
    this.authority = authority;
    this.schedule = schedule;
    this.clock = clock;
    this.log = log;
  }

  /** The authority could not be reached: the lane waits, longer each time. */
  synchronized void failed(String cause) {
    waitLonger(cause);
    wentDown();
  }

  /** The gateway's own store or broker failed: the lane waits likewise, but is not at fault. */
  synchronized void troubled(RuntimeException cause) {
    waitLonger("the gateway's own " + cause.getClass().getSimpleName());
    if (failures == 1) {
      log.laneTroubled(authority, cause);
    }
  }

  private void waitLonger(String cause) {
    failures++;
    lastCause = Optional.of(cause);
    pause = Optional.of(Due.in(schedule.delayAfter(failures), clock));
  }

  /** The lane does not flow, because so many of its notifications are set aside. */
  synchronized void crowded(int setAside) {
    if (downSince.isEmpty()) {
      String last = lastCause.orElse("from before the start");
      lastCause = Optional.of(setAside + " notifications are set aside, the last: " + last);
      wentDown();
    }
  }

  private void wentDown() {
    if (downSince.isEmpty()) {
      downSince = Optional.of(clock.instant());
      log.laneDown(authority, lastCause.orElseThrow());
    }
  }

  /** One notification failed, but the authority's system is there. */
  synchronized void deferred(String cause) {
    lastCause = Optional.of(cause);
    pause = Optional.empty();
    failures = 0;
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
    downSince.ifPresent(since -> log.laneUp(authority, since));
    downSince = Optional.empty();
  }

  /** Ends the wait now; the failures stay counted. */
  synchronized void hurry() {
    pause = Optional.empty();
  }

  /** Until when the lane waits, where it does. */
  synchronized Optional<Due> pause() {
    return pause.filter(due -> !due.hasCome(clock));
  }

  synchronized LaneStatus.State state() {
    return downSince.isPresent() || pause().isPresent()
        ? LaneStatus.State.RETRYING
        : LaneStatus.State.FLOWING;
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
