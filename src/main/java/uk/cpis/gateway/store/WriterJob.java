package uk.cpis.gateway.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.OwedNotification;

/** What waits for the writer. */
sealed interface WriterJob {

  /** An access to a person, by all her numbers, with what it owes. */
  record ForAccess(
      Access access,
      LinkedNumbers person,
      List<OwedNotification> owed,
      CompletableFuture<AccessOutcome> done)
      implements WriterJob {}

  /** An audit entry on its own. */
  record ForEntry(AuditEntry entry, CompletableFuture<Long> done) implements WriterJob {}

  /** Nothing to write: has the writer look at the rows that wait for numbers. */
  record Wake(CompletableFuture<Void> done) implements WriterJob {}

  CompletableFuture<?> done();

  default void fail(StoreException failure) {
    done().completeExceptionally(failure);
  }
}
