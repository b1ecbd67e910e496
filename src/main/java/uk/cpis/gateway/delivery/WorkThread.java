package uk.cpis.gateway.delivery;

import java.time.Duration;

/** A daemon thread and the work it repeats until it is told to stop. */
final class WorkThread {

  /** What runs until it is stopped; stopping comes from another thread and may be repeated. */
  interface Work extends Runnable {
    void stop();
  }

  private static final Duration NUDGE = Duration.ofMillis(100);

  private final Work work;
  private final Thread thread;

  private WorkThread(Work work, Thread thread) {
    this.work = work;
    this.thread = thread;
  }

  /** Starts it; an error that ends it is told to the operator, for it is a fault of ours. */
  static WorkThread start(String name, Work work, DeliveryLog log) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((ended, error) -> log.workEnded(ended.getName(), error));
    thread.start();
    return new WorkThread(work, thread);
  }

  /** Whether it works still. */
  boolean alive() {
    return thread.isAlive();
  }

  String name() {
    return thread.getName();
  }

  /** Asks it to end after what it has in hand. */
  void stop() {
    work.stop();
  }

  /** Waits until it has ended, asking again meanwhile; false when it did not end in time. */
  boolean ended(long deadlineNanos) {
    while (thread.isAlive() && System.nanoTime() - deadlineNanos < 0) {
      work.stop();
      try {
        thread.join(NUDGE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return !thread.isAlive();
      }
    }
    return !thread.isAlive();
  }
}
