package uk.cpis.gateway.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.store.OutlivedAudit;
import uk.cpis.gateway.store.Transaction;

/**
 * The audit is kept for its own time (rule 6), and what was owed for an entry goes with it. What is
 * still owed stays, however old, and its entry with it. It goes by number, from the beginning, to
 * the first entry that is young enough.
 */
final class AuditSweep implements Sweep {

  private final Instant before;
  private final int limit;

  AuditSweep(Instant before, int limit) {
    this.before = before;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "auditEntries";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    OutlivedAudit audit = tx.retention().audit();
    List<OutlivedAudit.Entry> old =
        audit.after(from.isEmpty() ? 0 : Long.parseLong(from), limit).stream()
            .takeWhile(entry -> entry.at().isBefore(before))
            .toList();
    int removed = audit.remove(old);
    return new Batch(
        removed,
        old.size() < limit
            ? Optional.empty()
            : Optional.of(Long.toString(old.get(old.size() - 1).number())));
  }
}
