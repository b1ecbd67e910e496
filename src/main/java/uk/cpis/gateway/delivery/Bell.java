package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a ring before the wait is not lost, and many rings are one. */
final class Bell {

  private final Semaphore rings = new Semaphore(0);

  void ring() {
    rings.release();
  }

  /** Waits for a ring, or so long: false; not at all when the thread is interrupted. */
  boolean await(Duration longest) {
    try {
      boolean rung = rings.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
      if (rung) {
        rings.drainPermits();
      }
      return rung;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
