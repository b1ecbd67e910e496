package uk.cpis.gateway.wire;

import java.util.Comparator;
import java.util.UUID;
import uk.cpis.gateway.contract.notification.AccessNotificationRequest;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.notification.AccessType;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.notification.NotificationHeadType;
import uk.cpis.gateway.contract.notification.NotifiedRecordType;
import uk.cpis.gateway.contract.notification.SourceSubmissionType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.CareKindCode;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.PlanTypeCode;
import uk.cpis.gateway.contract.types.SubjectType;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

/** The access notification, delivered or collected, and what the authority answers (rule 7). */
public final class NotificationWire {

  /** An authority's answer and the notification it is about. */
  public record Answer(NotificationId notification, AuthorityAnswer answer) {}

  private NotificationWire() {}

  public static AccessNotificationRequest write(AccessNotification notification, Parties parties) {
    AccessNotificationRequest request = new AccessNotificationRequest();
    request.setSystems(parties.write());
    request.setNotification(content(notification));
    return request;
  }

  /** What a schema-valid answer says; whether it answers the right message is not decided here. */
  public static Answer read(NotificationAnswerType answer) {
    return new Answer(
        new NotificationId(UUID.fromString(answer.getNotificationId())),
        answer(answer.getAnswer()));
  }

  static AuthorityAnswer answer(AnswerCode code) {
    return switch (code) {
      case ACCEPTED -> AuthorityAnswer.ACCEPTED;
      case NOT_OURS -> AuthorityAnswer.NOT_OURS;
      case TRY_LATER -> AuthorityAnswer.TRY_LATER;
    };
  }

  /** The notification itself, the same whether it is delivered or collected. */
  static AccessNotificationType content(AccessNotification notification) {
    AccessNotificationType written = new AccessNotificationType();
    written.setHead(head(notification));
    written.setSubject(subject(notification));
    written.setAccess(access(notification.access()));
    notification.records().forEach(record -> written.getRecord().add(record(record)));
    notification.history().forEach(shown -> written.getHistory().add(People.write(shown)));
    return written;
  }

  private static NotificationHeadType head(AccessNotification notification) {
    NotificationHeadType head = new NotificationHeadType();
    head.setNotificationId(notification.id().toString());
    head.setNumber(notification.number());
    head.setMadeAt(Times.time(notification.madeAt()));
    head.setLocalAuthorityCode(notification.authority().value());
    return head;
  }

  /** The person as the authority named her last. */
  private static SubjectType subject(AccessNotification notification) {
    Plan newest =
        notification.records().stream()
            .map(NotifiedRecord::plan)
            .max(Comparator.comparing(plan -> plan.submission().sequenceNumber()))
            .orElseThrow(() -> new IllegalStateException("a notification without a record"));
    return People.write(newest.key().person(), newest.subject());
  }

  private static AccessType access(AccessNotification.AccessDetails access) {
    AccessType written = new AccessType();
    written.setAccessedAt(Times.time(access.at()));
    written.setUserName(access.userName());
    written.setJobRole(People.write(access.jobRole()));
    written.setOrganisation(People.write(access.organisation()));
    written.setCareKind(
        access.setting().filter(CareSetting::scheduled).isPresent()
            ? CareKindCode.SCHEDULED
            : CareKindCode.UNSCHEDULED);
    access
        .setting()
        .map(setting -> CareSettingCode.fromValue(setting.code()))
        .ifPresent(written::setCareSetting);
    access.ringBack().map(Telephone::number).ifPresent(written::setRingBackTelephone);
    return written;
  }

  private static NotifiedRecordType record(NotifiedRecord record) {
    Plan plan = record.plan();
    NotifiedRecordType written = new NotifiedRecordType();
    written.setNhsNumber(plan.key().person().digits());
    written.setPlanType(PlanTypeCode.fromValue(plan.key().type().code()));
    written.setStartDate(Times.date(plan.period().start()));
    plan.period().end().map(Times::date).ifPresent(written::setEndDate);
    written.setStatus(record.active() ? PlanStatusCode.ACTIVE : PlanStatusCode.ENDED);
    plan.localIdentifier().ifPresent(written::setLocalIdentifier);
    written.setSubmission(submission(plan.submission()));
    return written;
  }

  private static SourceSubmissionType submission(SubmissionReference submission) {
    SourceSubmissionType written = new SourceSubmissionType();
    written.setMessageId(submission.messageId().toString());
    written.setSequenceNumber(submission.sequenceNumber());
    return written;
  }
}
