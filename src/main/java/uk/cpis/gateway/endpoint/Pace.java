package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Lets so many of a kind through in each minute and counts the others, so that nobody can fill the
 * disk with refusals (promise 6). Shared between threads.
 */
final class Pace {

  private static final long MINUTE = 60_000_000_000L;
  private static final int MOST_KINDS = 10_000;

  private final int perMinute;
  private final Map<Object, Minute> minutes = new HashMap<>();

  private static final class Minute {
    private final long since = System.nanoTime();
    private int told;
    private int heldBack;

    boolean isOver() {
      return System.nanoTime() - since >= MINUTE;
    }
  }

  Pace(int perMinute) {
    this.perMinute = perMinute;
  }

  /** How many of this kind were held back before it; empty when it is held back itself. */
  synchronized OptionalInt next(Object kind) {
    Minute minute = minutes.get(kind);
    int before = 0;
    if (minute == null || minute.isOver()) {
      before = minute == null ? 0 : minute.heldBack;
      minute = new Minute();
      forgetWhenFull();
      minutes.put(kind, minute);
    }
    if (minute.told == perMinute) {
      minute.heldBack++;
      return OptionalInt.empty();
    }
    minute.told++;
    return OptionalInt.of(before);
  }

  private void forgetWhenFull() {
    if (minutes.size() >= MOST_KINDS) {
      minutes.clear();
    }
  }
}
