package uk.cpis.gateway.retention;

import java.time.Instant;
import uk.cpis.gateway.store.Transaction;

/**
 * Whole requests, where they are kept, are kept as long as messages are remembered: they hold
 * children's details, which leave the store sooner than the audit. Their signatures stay with it.
 */
final class KeptMessageSweep implements Sweep {

  private final Instant before;
  private final int limit;

  KeptMessageSweep(Instant before, int limit) {
    this.before = before;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "requestsErased";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    int removed = tx.keptMessages().removeBefore(before, limit);
    return Batch.of(removed, removed == limit);
  }
}
