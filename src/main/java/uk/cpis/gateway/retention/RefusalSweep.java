package uk.cpis.gateway.retention;

import java.time.Instant;
import uk.cpis.gateway.store.Refusals;
import uk.cpis.gateway.store.Transaction;

/** Refusals and their counts go, when nobody asks about them any more. */
final class RefusalSweep implements Sweep {

  private final Instant refusedBefore;
  private final int limit;

  RefusalSweep(Instant refusedBefore, int limit) {
    this.refusedBefore = refusedBefore;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "refusals";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    Refusals refusals = tx.refusals();
    int removed = refusals.forget(refusedBefore, limit);
    int minutes = refusals.forgetCounts(refusedBefore, limit);
    return Batch.of(removed, removed == limit || minutes == limit);
  }
}
