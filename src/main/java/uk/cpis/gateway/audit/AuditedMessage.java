package uk.cpis.gateway.audit;

import java.util.Optional;
import uk.cpis.gateway.domain.AcknowledgeRequest;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CollectRequest;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.HoldingsRequest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.Submission;

/** A message of an identified sender, as far as the audit speaks of it. */
public record AuditedMessage(
    Sender sender,
    MessageId messageId,
    Optional<OdsCode> organisation,
    Optional<NhsNumber> person,
    Optional<Author> author) {

  public static AuditedMessage of(PlanQuery query, Sender sender) {
    Author author = query.author();
    return new AuditedMessage(
        sender,
        query.messageId(),
        Optional.of(author.organisation().code()),
        Optional.of(query.person()),
        Optional.of(author));
  }

  public static AuditedMessage of(Submission submission, Sender sender) {
    return ofAuthority(submission.authority(), submission.messageId(), sender);
  }

  public static AuditedMessage of(HoldingsRequest request, Sender sender) {
    return ofAuthority(request.authority(), request.messageId(), sender);
  }

  public static AuditedMessage of(CollectRequest request, Sender sender) {
    return ofAuthority(request.authority(), request.messageId(), sender);
  }

  public static AuditedMessage of(AcknowledgeRequest request, Sender sender) {
    return ofAuthority(request.authority(), request.messageId(), sender);
  }

  public static AuditedMessage of(HistoryRequest request, Sender sender) {
    Organisation authority = new Organisation(request.authority(), request.authority().value());
    return new AuditedMessage(
        sender,
        request.messageId(),
        Optional.of(request.authority()),
        Optional.of(request.person()),
        Optional.of(request.user().authorAt(authority)));
  }

  /** A message that could not be read far enough to say more. */
  public static AuditedMessage unread(MessageId messageId, Sender sender) {
    return new AuditedMessage(
        sender, messageId, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static AuditedMessage ofAuthority(OdsCode authority, MessageId id, Sender sender) {
    return new AuditedMessage(
        sender, id, Optional.of(authority), Optional.empty(), Optional.empty());
  }
}
