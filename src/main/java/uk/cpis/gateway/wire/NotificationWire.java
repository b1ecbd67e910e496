package uk.cpis.gateway.wire;

import java.util.UUID;
import uk.cpis.gateway.contract.notification.AccessCountsType;
import uk.cpis.gateway.contract.notification.AccessNotificationRequest;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.notification.AccessPatternsType;
import uk.cpis.gateway.contract.notification.AccessType;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.CareKindCode;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.Telephone;

/** Notifications, delivered or collected, and what the authority answers (rule 7). */
public final class NotificationWire {

  /** An authority's answer and the notification it is about. */
  public record Answer(NotificationId notification, AuthorityAnswer answer) {}

  private NotificationWire() {}

  /** The request of the contract that delivers this notification, one for each kind. */
  public static Object request(Notification notification, Parties parties) {
    return notification instanceof AccessNotification access
        ? write(access, parties)
        : NewsWire.request((DemographicNotification) notification, parties);
  }

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
    written.setHead(NotificationParts.head(notification));
    written.setSubject(NotificationParts.subject(notification));
    written.setAccess(access(notification.access()));
    written.getRecord().addAll(NotificationParts.records(notification));
    notification.history().forEach(shown -> written.getHistory().add(People.write(shown)));
    notification.patterns().map(NotificationWire::patterns).ifPresent(written::setPatterns);
    return written;
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

  private static AccessPatternsType patterns(AccessPatterns patterns) {
    AccessPatternsType written = new AccessPatternsType();
    written.setLast7Days(counts(patterns.last7Days()));
    written.setLast30Days(counts(patterns.last30Days()));
    written.setLast90Days(counts(patterns.last90Days()));
    return written;
  }

  private static AccessCountsType counts(AccessPatterns.Counts counts) {
    AccessCountsType written = new AccessCountsType();
    written.setAccesses(counts.accesses());
    written.setSites(counts.sites());
    written.setRegions(counts.regions());
    return written;
  }
}
