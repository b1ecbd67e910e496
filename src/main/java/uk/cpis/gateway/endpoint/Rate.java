package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds how many of each kind come in a second over time; who was quiet may come with as many at
 * once as two seconds allow. Shared between threads.
 */
final class Rate<K> {

  private static final int SECONDS_SAVED = 2;
  private static final int MANY_KINDS = 10_000;
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double perSecond;
  private final double most;
  private final LongSupplier nanos;
  private final Map<K, Allowance> allowances = new HashMap<>();
  private long tidied;

  private static final class Allowance {
    private double left;
    private long at;

    Allowance(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  /** So many a second of each kind, one at the least. */
  Rate(int perSecond) {
    this(perSecond, System::nanoTime);
  }

  /** Counts seconds by this clock of nanoseconds. */
  Rate(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.most = (double) SECONDS_SAVED * perSecond;
    this.nanos = nanos;
    this.tidied = nanos.getAsLong();
  }

  /** Whether one more of this kind may come now; one that may not costs it nothing. */
  synchronized boolean admit(K kind) {
    long now = nanos.getAsLong();
    if (allowances.size() >= MANY_KINDS && now - tidied >= SECOND) {
      allowances.values().removeIf(each -> left(each, now) >= most);
      tidied = now;
    }
    Allowance allowance = allowances.computeIfAbsent(kind, key -> new Allowance(most, now));
    allowance.left = left(allowance, now);
    allowance.at = now;
    if (allowance.left < 1) {
      return false;
    }
    allowance.left--;
    return true;
  }

  private double left(Allowance allowance, long now) {
    return Math.min(most, allowance.left + (now - allowance.at) / SECOND * perSecond);
  }
}
