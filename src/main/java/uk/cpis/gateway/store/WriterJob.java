package uk.cpis.gateway.store;

import java.util.List;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.OwedNotification;

/** What waits for the writer. */
sealed interface WriterJob {

  /** An access to a person, by all her numbers, with what it owes. */
  record ForAccess(
      Access access, LinkedNumbers person, List<OwedNotification> owed, Pending<AccessOutcome> done)
      implements WriterJob {}

  /** An audit entry on its own. */
  record ForEntry(AuditEntry entry, Pending<Long> done) implements WriterJob {}

  /** Nothing to write: has the writer look at the rows that wait for numbers. */
  record Wake(Pending<Void> done) implements WriterJob {}

  Pending<?> done();

  default void fail(StoreException failure) {
    done().completeExceptionally(failure);
  }
}
