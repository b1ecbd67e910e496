package uk.cpis.gateway.submission;

import java.util.Optional;
import java.util.OptionalLong;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * An operator's way to have an authority's sequence numbers begin anew (rule 18), for a system that
 * was restored or replaced and lost its count. No record changes by it: from then on every number
 * may be used once more, and none counts as older than what was applied before.
 */
public final class SequenceReset {

  private final Store store;
  private final Audit audit;

  public SequenceReset(Store store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  /**
   * Resets in this operator's name, which the audit keeps; the number that was the last, where
   * there was one. Empty when there is no such authority.
   */
  public Optional<OptionalLong> of(OdsCode authority, Operator operator) {
    return store.inTransaction(tx -> reset(tx, authority, operator));
  }

  private Optional<OptionalLong> reset(Transaction tx, OdsCode authority, Operator operator) {
    if (tx.authorities().find(authority).isEmpty()) {
      return Optional.empty();
    }
    OptionalLong last = tx.authorities().takeTurn(authority);
    tx.authorities().resetSequence(authority);
    String outcome = last.isPresent() ? "AFTER_" + last.getAsLong() : "BEFORE_THE_FIRST";
    audit.appendOperation(tx, operator, authority, AuditEvent.SEQUENCE_RESET, outcome);
    return Optional.of(last);
  }
}
