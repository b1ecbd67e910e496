package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Lets so many of a kind through in each minute and counts the others, so that nobody can fill the
 * disk with refusals (promise 6). Shared between threads.
 */
public final class Pace {

  private static final long MINUTE = 60_000_000_000L;
  private static final int MOST_KINDS = 10_000;

  private final int perMinute;
  private final LongSupplier nanos;
  private final Map<Object, Minute> minutes = new HashMap<>();

  private static final class Minute {
    private final long since;
    private int told;
    private int heldBack;

    Minute(long since) {
      this.since = since;
    }
  }

  /** Lets so many of each kind through in a minute. */
  public Pace(int perMinute) {
    this(perMinute, System::nanoTime);
  }

  /** Counts minutes by this clock of nanoseconds. */
  Pace(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.nanos = nanos;
  }

  /** How many of this kind were held back before it; empty when it is held back itself. */
  public synchronized OptionalInt next(Object kind) {
    Minute minute = minutes.get(kind);
    long now = nanos.getAsLong();
    int before = 0;
    if (minute == null || now - minute.since >= MINUTE) {
      before = minute == null ? 0 : minute.heldBack;
      minute = new Minute(now);
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
