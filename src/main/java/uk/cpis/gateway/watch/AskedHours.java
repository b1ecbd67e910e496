package uk.cpis.gateway.watch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.store.Transaction;

/**
 * Counts the queries of this process that the store does not count yet; what a crash takes with it
 * is a minute's worth at the most. Safe to share between threads.
 */
final class AskedHours {

  /** One full hour of one system. */
  record Hour(Asid system, Instant begun) {}

  private final Map<Hour, AtomicLong> counts = new ConcurrentHashMap<>();

  /** The hour that this moment is in. */
  static Instant hourOf(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  void asked(Asid system, Instant at) {
    counts
        .computeIfAbsent(new Hour(system, hourOf(at)), hour -> new AtomicLong())
        .incrementAndGet();
  }

  /** What is to be counted in the store; it is {@link #kept} once that is committed. */
  Map<Hour, Long> write(Transaction tx) {
    Map<Hour, Long> written = new ConcurrentHashMap<>();
    counts.forEach(
        (hour, count) -> {
          long queries = count.get();
          if (queries > 0) {
            tx.queryHours().add(hour.system(), hour.begun(), queries);
            written.put(hour, queries);
          }
        });
    return written;
  }

  /** Counts no more what the store counts; hours that are over are forgotten. */
  void kept(Map<Hour, Long> written, Instant now) {
    counts.forEach((hour, count) -> count.addAndGet(-written.getOrDefault(hour, 0L)));
    Instant current = hourOf(now);
    counts
        .entrySet()
        .removeIf(each -> !each.getKey().begun().equals(current) && each.getValue().get() == 0);
  }
}
