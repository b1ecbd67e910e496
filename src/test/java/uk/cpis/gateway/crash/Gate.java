package uk.cpis.gateway.crash;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether partners work, and whether there is a gateway to work with. Shared between threads. */
final class Gate {

  private static final long MOMENT_MILLIS = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean up;
  private boolean resting = true;
  private boolean over;
  private int life;
  private int working;

  /** A gateway serves from now on. */
  void up() {
    change(
        () -> {
          up = true;
          life++;
        });
  }

  void down() {
    change(() -> up = false);
  }

  void work() {
    change(() -> resting = false);
  }

  void end() {
    change(() -> over = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Has everybody rest, and waits until they do. */
  void rest() throws InterruptedException {
    lock.lock();
    try {
      resting = true;
      while (working > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is work; false when it is over. Whoever begins says when it is done. */
  boolean begin() throws InterruptedException {
    lock.lock();
    try {
      while (!over && (resting || !up)) {
        changed.await();
      }
      working += over ? 0 : 1;
      return !over;
    } finally {
      lock.unlock();
    }
  }

  void done() {
    change(() -> working--);
  }

  /** Waits so long, or until it is over. */
  void pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !over) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The number of the gateway that serves, or served last. */
  int life() {
    lock.lock();
    try {
      return life;
    } finally {
      lock.unlock();
    }
  }

  /** After an answer that never came: waits for the next gateway, or a moment if it is the same. */
  void awaitNext() throws InterruptedException {
    lock.lock();
    try {
      changed.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      while (!up && !over) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
