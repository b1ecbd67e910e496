package uk.cpis.gateway.mailbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
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
  private final Steps steps;

  public MailboxService(
      Directory directory, Store store, Audit audit, InstantSource clock, Steps steps) {
    this.directory = directory;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.steps = steps;
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
    audit.record(message, AuditEvent.NOTIFICATIONS_COLLECTED, handedOut(collected));
    return collected;
  }

  /** How many, and the first and last of the authority's numbers. */
  private static String handedOut(CollectOutcome.Collected collected) {
    List<Notification> all = collected.notifications();
    return all.isEmpty()
        ? "HANDED_OUT 0"
        : "HANDED_OUT %d NUMBERS %d-%d"
            .formatted(all.size(), all.get(0).number(), all.get(all.size() - 1).number());
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
    Map<NotificationId, Settling> settled =
        store.inTransaction(
            tx -> {
              audit.append(tx, message, AuditEvent.NOTIFICATIONS_ACKNOWLEDGED, "TAKEN");
              Map<NotificationId, Settling> settling = settle(tx, authority, request.items(), now);
              steps.reached(Step.MAILBOX_WRITTEN);
              return settling;
            });
    steps.reached(Step.MAILBOX_COMMITTED);
    settled.forEach((id, settling) -> settling.alert(authority, id));
    return new AcknowledgeOutcome.Acknowledged(
        request.items().stream()
            .map(AcknowledgeRequest.Item::notification)
            .map(id -> new AcknowledgeOutcome.Item(id, settled.get(id).standing()))
            .toList());
  }

  /** In the order of their ids, so that two acknowledgements of the same never block each other. */
  private static Map<NotificationId, Settling> settle(
      Transaction tx, OdsCode authority, List<AcknowledgeRequest.Item> items, Instant now) {
    Map<NotificationId, Settling> settled =
        new TreeMap<>(Comparator.comparing(NotificationId::toString));
    items.stream()
        .sorted(Comparator.comparing(item -> item.notification().toString()))
        .forEach(
            item ->
                settled.merge(
                    item.notification(), settle(tx, authority, item, now), Settling::then));
    return settled;
  }

  private static Settling settle(
      Transaction tx, OdsCode authority, AcknowledgeRequest.Item item, Instant now) {
    NotificationId id = item.notification();
    if (tx.owed().find(id).filter(owed -> owed.authority().equals(authority)).isEmpty()) {
      return new Settling(Standing.UNKNOWN, false);
    }
    if (item.answer() == AuthorityAnswer.TRY_LATER) {
      boolean settled = tx.settlements().find(id).isPresent();
      return new Settling(settled ? Standing.SETTLED : Standing.WAITING, false);
    }
    boolean first = tx.settlements().settle(id, item.answer(), now);
    return new Settling(Standing.SETTLED, first && item.answer() == AuthorityAnswer.NOT_OURS);
  }

  /** How one notification stands, and whether it was settled just now as not the authority's. */
  private record Settling(Standing standing, boolean notOurs) {

    /** The same notification named once more. */
    Settling then(Settling next) {
      return new Settling(next.standing(), notOurs || next.notOurs());
    }

    /** Tells the operator, in the words in which delivery does. */
    void alert(OdsCode authority, NotificationId id) {
      if (notOurs) {
        LOG.warn("CPG-NOT-OURS authority={} notification={}", authority, id);
      }
    }
  }
}
