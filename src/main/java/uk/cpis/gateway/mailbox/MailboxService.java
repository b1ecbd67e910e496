package uk.cpis.gateway.mailbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.authorisation.AuthorityRights;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.AcknowledgeOutcome.Standing;
import uk.cpis.gateway.domain.AcknowledgeRequest;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.CollectRequest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.store.Transaction;

/**
 * Hands out what waits for an authority that collects, oldest first, and settles what it
 * acknowledges. Collecting changes nothing, so what is not acknowledged is offered again.
 */
public final class MailboxService {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxService.class);

  private final Directory directory;
  private final Store store;
  private final Audit audit;
  private final InstantSource clock;

  public MailboxService(Directory directory, Store store, Audit audit, InstantSource clock) {
    this.directory = directory;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** What waits, or why it is not handed out. An authority that is pushed to collects nothing. */
  public CollectOutcome collect(CollectRequest request, Sender sender) {
    AuditedMessage message = AuditedMessage.of(request, sender);
    try {
      return AuthorityRights.of(sender.system(), Interaction.COLLECT, request.authority())
          .then(
              authority -> collect(request, authority, message),
              reason -> refuseCollection(message, reason));
    } catch (StoreException failure) {
      LOG.error("collection {} could not be answered", request.messageId(), failure);
      return new CollectOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private CollectOutcome refuseCollection(AuditedMessage message, RejectionReason reason) {
    audit.refused(message, reason);
    return new CollectOutcome.Refused(reason);
  }

  private CollectOutcome collect(
      CollectRequest request, OdsCode authority, AuditedMessage message) {
    if (directory.deliveryTo(authority) != Delivery.PULL) {
      return refuseCollection(message, RejectionReason.INTERACTION_NOT_ALLOWED);
    }
    CollectOutcome.Collected collected = store.read(tx -> waiting(tx, request, authority));
    audit.record(message, AuditEvent.NOTIFICATIONS_COLLECTED, "HANDED_OUT");
    return collected;
  }

  private static CollectOutcome.Collected waiting(
      Transaction tx, CollectRequest request, OdsCode authority) {
    long after = request.afterNumber().orElse(0L);
    List<Notification> notifications =
        tx.owed().collectable(authority, after, request.limit()).stream()
            .map(OwedReference::id)
            .flatMap(id -> tx.owed().notification(id).stream())
            .toList();
    long last =
        notifications.isEmpty() ? after : notifications.get(notifications.size() - 1).number();
    return new CollectOutcome.Collected(notifications, tx.owed().countCollectable(authority, last));
  }

  /**
   * Settles what the authority has, and says how each stands. It may acknowledge after it was
   * switched to delivery too, so that nothing it collected comes again.
   */
  public AcknowledgeOutcome acknowledge(AcknowledgeRequest request, Sender sender) {
    AuditedMessage message = AuditedMessage.of(request, sender);
    try {
      return AuthorityRights.of(sender.system(), Interaction.ACKNOWLEDGE, request.authority())
          .then(
              authority -> acknowledge(request, authority, message),
              reason -> refuseAcknowledgement(message, reason));
    } catch (StoreException failure) {
      LOG.error("acknowledgement {} could not be taken", request.messageId(), failure);
      return new AcknowledgeOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private AcknowledgeOutcome refuseAcknowledgement(AuditedMessage message, RejectionReason reason) {
    audit.refused(message, reason);
    return new AcknowledgeOutcome.Refused(reason);
  }

  private AcknowledgeOutcome acknowledge(
      AcknowledgeRequest request, OdsCode authority, AuditedMessage message) {
    Instant now = clock.instant();
    List<AcknowledgeOutcome.Item> items =
        store.inTransaction(
            tx -> {
              audit.append(tx, message, AuditEvent.NOTIFICATIONS_ACKNOWLEDGED, "TAKEN");
              return request.items().stream()
                  .map(item -> settled(tx, authority, item, now))
                  .toList();
            });
    return new AcknowledgeOutcome.Acknowledged(items);
  }

  private static AcknowledgeOutcome.Item settled(
      Transaction tx, OdsCode authority, AcknowledgeRequest.Item item, Instant now) {
    return new AcknowledgeOutcome.Item(item.notification(), standing(tx, authority, item, now));
  }

  private static Standing standing(
      Transaction tx, OdsCode authority, AcknowledgeRequest.Item item, Instant now) {
    boolean own =
        tx.owed()
            .find(item.notification())
            .filter(owed -> owed.authority().equals(authority))
            .isPresent();
    if (!own) {
      return Standing.UNKNOWN;
    }
    if (item.answer() == AuthorityAnswer.TRY_LATER) {
      return tx.settlements().find(item.notification()).isPresent()
          ? Standing.SETTLED
          : Standing.WAITING;
    }
    if (tx.settlements().settle(item.notification(), item.answer(), now)
        && item.answer() == AuthorityAnswer.NOT_OURS) {
      LOG.warn("{} says that notification {} is not its own", authority, item.notification());
    }
    return Standing.SETTLED;
  }
}
