package uk.cpis.gateway.history;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
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
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
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
        store.read(tx -> history(tx, request.person(), authority, LondonDay.of(now)));
    if (history.isEmpty()) {
      return refuse(message, RejectionReason.NO_RECORD_HELD);
    }
    audit.record(message, AuditEvent.HISTORY_READ, "SHOWN");
    return new HistoryOutcome.Shown(now, history.get());
  }

  /** The history, where the authority holds what is shown under any of the person's numbers. */
  private static Optional<List<ShownAccess>> history(
      Transaction tx, NhsNumber asked, OdsCode authority, LocalDate today) {
    LinkedNumbers person = tx.standings().linked(asked);
    boolean holds =
        tx.plans().shown(person, today).stream()
            .anyMatch(plan -> plan.key().authority().equals(authority));
    return holds ? Optional.of(tx.accesses().history(person)) : Optional.empty();
  }
}
