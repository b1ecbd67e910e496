package uk.cpis.gateway.retention;

import java.time.Instant;
import uk.cpis.gateway.store.Transaction;

/** Messages are forgotten when no sender tries them again any more (cpis.md §4). */
final class MessageSweep implements Sweep {

  private final Instant handledBefore;
  private final int limit;

  MessageSweep(Instant handledBefore, int limit) {
    this.handledBefore = handledBefore;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "messagesForgotten";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    int removed = tx.retention().messages().forget(handledBefore, limit);
    return Batch.of(removed, removed == limit);
  }
}
