package uk.cpis.gateway.demographics;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be over. */
record Deadline(long nanos) {

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /** What is left until then; nothing or less when it is past. */
  Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }
}
