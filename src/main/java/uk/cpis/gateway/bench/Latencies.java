package uk.cpis.gateway.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** Durations, many and small; for one thread. */
final class Latencies {

  private static final int FIRST_ROOM = 1024;

  private long[] nanos = new long[FIRST_ROOM];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** All of these in one. */
  static Latencies together(Collection<Latencies> some) {
    Latencies all = new Latencies();
    some.forEach(each -> Arrays.stream(each.nanos, 0, each.count).forEach(all::add));
    return all;
  }

  int count() {
    return count;
  }

  /**
   * What matters of some durations; nothing but zeros where there are none. A percentile is the
   * smallest duration that so many in a hundred do not exceed (nearest rank).
   */
  record Summary(int count, Duration p50, Duration p99, Duration longest) {

    /** Of all of them together. */
    static Summary of(Collection<Latencies> some) {
      long[] sorted =
          some.stream().flatMapToLong(each -> Arrays.stream(each.nanos, 0, each.count)).toArray();
      Arrays.sort(sorted);
      return new Summary(
          sorted.length, percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static Duration percentile(long[] sorted, int percent) {
      if (sorted.length == 0) {
        return Duration.ZERO;
      }
      int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
      return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
  }
}
