package uk.cpis.gateway.wire;

import java.util.Comparator;
import java.util.List;
import uk.cpis.gateway.contract.notification.NotificationHeadType;
import uk.cpis.gateway.contract.notification.NotifiedRecordType;
import uk.cpis.gateway.contract.notification.SourceSubmissionType;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.PlanTypeCode;
import uk.cpis.gateway.contract.types.SubjectType;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.SubmissionReference;

/** What notifications of all kinds have in common. */
final class NotificationParts {

  private NotificationParts() {}

  static NotificationHeadType head(Notification notification) {
    NotificationHeadType head = new NotificationHeadType();
    head.setNotificationId(notification.id().toString());
    head.setNumber(notification.number());
    head.setMadeAt(Times.time(notification.madeAt()));
    head.setLocalAuthorityCode(notification.authority().value());
    return head;
  }

  /** The person as the authority named her last. */
  static SubjectType subject(Notification notification) {
    Plan newest =
        notification.records().stream()
            .map(NotifiedRecord::plan)
            .max(Comparator.comparing(plan -> plan.submission().sequenceNumber()))
            .orElseThrow(() -> new IllegalStateException("a notification without a record"));
    return People.write(newest.key().person(), newest.subject());
  }

  static List<NotifiedRecordType> records(Notification notification) {
    return notification.records().stream().map(NotificationParts::record).toList();
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
