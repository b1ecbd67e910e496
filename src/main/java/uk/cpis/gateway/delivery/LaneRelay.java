package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.LaneMessage;
import uk.cpis.gateway.queue.Lanes;

/**
 * Feeds the lanes whenever something is owed, on one thread. While the broker fails, notifications
 * wait as owed; when it has stopped it is started again, and the lanes are put right by the store.
 */
final class LaneRelay implements WorkThread.Work {

  /** Also without being woken the relay looks this often. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  /** How often it looks whether the broker is at work and its lanes are whole. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How often it looks whether a worker has ended whose lane is to be emptied. */
  private static final Duration SOON = Duration.ofMillis(50);

  private final LaneFeed feed;
  private final LiveSwitching switching;
  private final LaneCheck check;
  private final Lanes lanes;
  private final Workers workers;
  private final Duration brokerPause;
  private final DeliveryLog log;
  private final Bell bell = new Bell();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Touched by the relay's thread only. */
  private boolean down;

  /** The broker had stopped, and its lanes are not compared yet; the relay's thread only. */
  private boolean unchecked;

  /** A lane dropped a message, and the lanes are not compared since; the relay's thread only. */
  private boolean dropped;

  LaneRelay(
      LaneFeed feed,
      LiveSwitching switching,
      LaneCheck check,
      Lanes lanes,
      Workers workers,
      Duration brokerPause,
      boolean compared,
      DeliveryLog log) {
    this.feed = feed;
    this.switching = switching;
    this.check = check;
    this.lanes = lanes;
    this.workers = workers;
    this.brokerPause = brokerPause;
    this.unchecked = !compared;
    this.log = log;
  }

  /** Something may be owed; from any thread. */
  void wake() {
    bell.ring();
  }

  /** Others may be registered for delivery than were; from any thread. */
  void waysChanged() {
    switching.ask();
    wake();
  }

  /** Whose switch has not come to its end for so long; from any thread. */
  List<OdsCode> switchingFor(Duration atLeast) {
    return switching.openFor(atLeast);
  }

  @Override
  public void stop() {
    stopping.countDown();
    bell.ring();
  }

  /** Feeds until it is stopped; whatever fails, it tries again after a pause. */
  @Override
  public void run() {
    while (stopping.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void step() {
    reviveBroker();
    boolean unfinished = switching.step();
    LaneFeed.Carried carried = feed.carry();
    carried.messages().stream().map(LaneMessage::authority).distinct().forEach(workers::start);
    worked();
    if (unfinished) {
      bell.await(SOON);
    } else if (!carried.moreWaiting()) {
      awaitWork();
    }
  }

  /** Until something is owed, or the lanes need the relay. */
  private void awaitWork() {
    long end = System.nanoTime() + SWEEP.toNanos();
    while (System.nanoTime() - end < 0 && !bell.await(LOOK)) {
      dropped |= lanes.takeDropped();
      if (dropped || !lanes.running()) {
        return;
      }
    }
  }

  private void reviveBroker() {
    unchecked |= !lanes.running();
    lanes.revive();
    dropped |= lanes.takeDropped();
    if (unchecked || dropped) {
      check.run();
      dropped = false;
    }
    if (unchecked) {
      unchecked = false;
      log.brokerRevived();
      workers.retryAll();
    }
  }

  private void worked() {
    if (down) {
      log.relayUp();
    }
    down = false;
  }

  private void failed(RuntimeException cause) {
    if (!down && stopping.getCount() > 0) {
      log.relayDown(cause);
    }
    down = true;
    pause();
  }

  private void pause() {
    try {
      stopping.await(brokerPause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
