package uk.cpis.gateway.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.store.CommitWriter;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Writes the audit. An entry beside effects goes into their transaction; an entry by itself goes
 * through the writer, and is on disk when the method returns.
 */
public final class Audit {

  private final Store store;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Duration patience;

  /** Waits as long as its patience for entries of their own to be written. */
  public Audit(Store store, InstantSource clock, Supplier<UUID> ids, Duration patience) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.patience = patience;
  }

  /** Records that the message was refused. */
  public void refused(AuditedMessage message, RejectionReason reason) {
    record(message, AuditEvent.MESSAGE_REFUSED, reason.name());
  }

  /** Records what became of a message that changed nothing. */
  public void record(AuditedMessage message, AuditEvent event, String outcome) {
    CommitWriter.await(
        store.writer().submit(entry(message, event, outcome, Optional.empty())), patience);
  }

  /** Records what became of a message, together with its effects. */
  public void append(Transaction tx, AuditedMessage message, AuditEvent event, String outcome) {
    tx.audit().append(entry(message, event, outcome, Optional.empty()));
  }

  /** Records that the message deleted this record, together with the deletion (rule 12). */
  public void appendDeletion(Transaction tx, AuditedMessage message, PlanKey deleted) {
    AuditedMessage ofPerson =
        new AuditedMessage(
            message.sender(),
            message.messageId(),
            Optional.of(deleted.authority()),
            Optional.of(deleted.person()),
            message.author());
    tx.audit()
        .append(entry(ofPerson, AuditEvent.PLAN_DELETED, "DELETED", Optional.of(deleted.type())));
  }

  /** Records what an operator did to an authority's affairs, together with its effects. */
  public void appendOperation(
      Transaction tx, Operator operator, OdsCode authority, AuditEvent event, String outcome) {
    tx.audit()
        .append(operation(operator, Optional.of(authority), Optional.empty(), event, outcome));
  }

  /** Records what an operator did with one of an authority's notifications, with its effects. */
  public void appendOperation(
      Transaction tx,
      Operator operator,
      OdsCode authority,
      NotificationId notification,
      AuditEvent event,
      String outcome) {
    tx.audit()
        .append(
            operation(
                operator,
                Optional.of(authority),
                Optional.of(notification.messageId()),
                event,
                outcome));
  }

  /** Records what an operator had the gateway do. */
  public void recordOperation(Operator operator, AuditEvent event, String outcome) {
    record(operation(operator, Optional.empty(), Optional.empty(), event, outcome));
  }

  /** Records what an operator had the gateway do for an authority. */
  public void recordOperation(
      Operator operator, OdsCode authority, AuditEvent event, String outcome) {
    record(operation(operator, Optional.of(authority), Optional.empty(), event, outcome));
  }

  /** Records that an operator was shown this record of the audit, or what is kept beside it. */
  public void recordShown(Operator operator, AuditEntry shown, AuditEvent event, String outcome) {
    record(shown(operator, shown, shown.person(), event, outcome));
  }

  /** The same of all these people, whom the request holds: one entry each. */
  public void recordShown(
      Operator operator,
      AuditEntry shown,
      Collection<NhsNumber> people,
      AuditEvent event,
      String outcome) {
    store.change(
        tx ->
            people.forEach(
                person ->
                    tx.audit()
                        .append(shown(operator, shown, Optional.of(person), event, outcome))));
  }

  private AuditEntry shown(
      Operator operator,
      AuditEntry shown,
      Optional<NhsNumber> person,
      AuditEvent event,
      String outcome) {
    return new AuditEntry(
        ids.get(),
        clock.instant(),
        event,
        outcome,
        Optional.empty(),
        shown.organisation(),
        shown.messageId(),
        person,
        shown.planType(),
        Optional.empty(),
        Optional.of(operator));
  }

  /** Records a change of what is registered, together with what it changed. */
  public void appendRegistration(Transaction tx, Operator operator, RegistrationChange change) {
    AuditEntry entry =
        operation(
            operator,
            organisation(change.registered()),
            Optional.empty(),
            change.event(),
            Digest.beginning(change.text()));
    tx.audit().append(entry);
    tx.registration().changed(entry.id(), change);
  }

  /** Records what an operator, or the schedule, had changed of the gateway's own trust. */
  public void appendOperation(Transaction tx, Operator operator, AuditEvent event, String outcome) {
    tx.audit().append(operation(operator, Optional.empty(), Optional.empty(), event, outcome));
  }

  private static Optional<OdsCode> organisation(Registered registered) {
    return registered.kind() == Registered.Kind.AUTHORITY
            || registered.kind() == Registered.Kind.SITE
        ? Optional.of(new OdsCode(registered.subject()))
        : Optional.empty();
  }

  private void record(AuditEntry entry) {
    CommitWriter.await(store.writer().submit(entry), patience);
  }

  private AuditEntry operation(
      Operator operator,
      Optional<OdsCode> authority,
      Optional<MessageId> messageId,
      AuditEvent event,
      String outcome) {
    return new AuditEntry(
        ids.get(),
        clock.instant(),
        event,
        outcome,
        Optional.empty(),
        authority,
        messageId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(operator));
  }

  /** Records that this record left the store, together with its removal (rule 6). */
  public void appendPurge(Transaction tx, PlanKey purged) {
    tx.audit()
        .append(
            new AuditEntry(
                ids.get(),
                clock.instant(),
                AuditEvent.PLAN_PURGED,
                "PURGED",
                Optional.empty(),
                Optional.of(purged.authority()),
                Optional.empty(),
                Optional.of(purged.person()),
                Optional.of(purged.type()),
                Optional.empty()));
  }

  /** Records that the entries with these numbers left the audit, together with their removal. */
  public void appendExpiry(Transaction tx, long first, long last) {
    tx.audit()
        .append(
            new AuditEntry(
                ids.get(),
                clock.instant(),
                AuditEvent.AUDIT_EXPIRED,
                first + "-" + last,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /**
   * Records news of demographics about this number, together with their effects; gives the id of
   * the entry, which is the cause of what is owed for them.
   */
  public UUID appendNews(Transaction tx, AuditEvent event, NhsNumber number, String outcome) {
    UUID id = ids.get();
    tx.audit()
        .append(
            new AuditEntry(
                id,
                clock.instant(),
                event,
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(number),
                Optional.empty(),
                Optional.empty()));
    return id;
  }

  /** A deletion of a thousand records is one request: the entry of the message has it. */
  private static AuditEntry.Origin origin(AuditedMessage message, Optional<PlanType> type) {
    AuditEntry.Origin origin = AuditEntry.Origin.of(message.sender());
    return type.isPresent() ? origin.withoutRequest() : origin;
  }

  private AuditEntry entry(
      AuditedMessage message, AuditEvent event, String outcome, Optional<PlanType> type) {
    return new AuditEntry(
        ids.get(),
        clock.instant(),
        event,
        outcome,
        Optional.of(origin(message, type)),
        message.organisation(),
        Optional.of(message.messageId()),
        message.person(),
        type,
        message.author());
  }
}
