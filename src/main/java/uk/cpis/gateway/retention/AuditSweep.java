package uk.cpis.gateway.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.store.AuditSeals.Sealed;
import uk.cpis.gateway.store.OutlivedAudit;
import uk.cpis.gateway.store.Transaction;

/**
 * The audit is kept for its own time (rule 6), and what was owed for an entry goes with it. It goes
 * as it was sealed: all records of a seal together, when the youngest is old enough and nothing is
 * owed for any of them any more. The seal stays, so that the rest can be verified, and an entry of
 * its own tells what went.
 */
final class AuditSweep implements Sweep {

  private final Instant before;
  private final Instant now;
  private final Audit audit;

  AuditSweep(Instant before, Instant now, Audit audit) {
    this.before = before;
    this.now = now;
    this.audit = audit;
  }

  @Override
  public String name() {
    return "auditEntries";
  }

  /** One seal at a time; their records are in the order of time, but for a clock set back. */
  @Override
  public Batch batch(Transaction tx, String from) {
    Optional<Sealed> next = tx.seals().unexpiredAfter(from.isEmpty() ? 0 : Long.parseLong(from));
    if (next.filter(seal -> seal.newest().isBefore(before)).isEmpty()) {
      return Batch.none();
    }
    Sealed seal = next.get();
    return new Batch(removed(tx, seal), Optional.of(Long.toString(seal.number())));
  }

  private int removed(Transaction tx, Sealed seal) {
    OutlivedAudit entries = tx.retention().audit();
    List<OutlivedAudit.Entry> old = entries.between(seal.first(), seal.last());
    if (!entries.allSettled(old)) {
      return 0;
    }
    int removed = entries.remove(old);
    tx.seals().expire(seal.number(), now);
    audit.appendExpiry(tx, seal.first(), seal.last());
    return removed;
  }
}
