package uk.cpis.gateway.history;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.authorisation.AuthorityRights;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.store.Transaction;

/**
 * Shows an authority who looked at the records of a person it holds a visible record of, for a
 * named user; audited each time, before anything is shown.
 */
public final class AccessHistoryService {

  private static final Logger LOG = LoggerFactory.getLogger(AccessHistoryService.class);

  private final Store store;
  private final Audit audit;
  private final InstantSource clock;

  public AccessHistoryService(Store store, Audit audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** The latest shown accesses, or why they are not shown. */
  public HistoryOutcome show(HistoryRequest request, Sender sender) {
    AuditedMessage message = AuditedMessage.of(request, sender);
    try {
      return AuthorityRights.of(sender.system(), Interaction.ACCESS_HISTORY, request.authority())
          .then(authority -> show(request, authority, message), reason -> refuse(message, reason));
    } catch (StoreException failure) {
      LOG.error("history request {} could not be answered", request.messageId(), failure);
      return new HistoryOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private HistoryOutcome refuse(AuditedMessage message, RejectionReason reason) {
    audit.refused(message, reason);
    return new HistoryOutcome.Refused(reason);
  }

  private HistoryOutcome show(HistoryRequest request, OdsCode authority, AuditedMessage message) {
    Instant now = clock.instant();
    Optional<List<ShownAccess>> history =
        store.read(
            tx ->
                holdsRecord(tx, request, authority, now)
                    ? Optional.of(tx.accesses().history(request.person()))
                    : Optional.empty());
    if (history.isEmpty()) {
      return refuse(message, RejectionReason.NO_RECORD_HELD);
    }
    audit.record(message, AuditEvent.HISTORY_READ, "SHOWN");
    return new HistoryOutcome.Shown(now, history.get());
  }

  private static boolean holdsRecord(
      Transaction tx, HistoryRequest request, OdsCode authority, Instant now) {
    return tx.plans().visible(request.person(), LondonDay.of(now)).stream()
        .anyMatch(plan -> plan.key().authority().equals(authority));
  }
}
