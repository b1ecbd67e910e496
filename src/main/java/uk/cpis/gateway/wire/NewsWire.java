package uk.cpis.gateway.wire;

import uk.cpis.gateway.contract.notification.BirthNotificationRequest;
import uk.cpis.gateway.contract.notification.BirthNotificationType;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationRequest;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationType;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationRequest;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationType;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.NhsNumber;

/** The three kinds of news of demographics, delivered or collected (rules 14, 15 and 19). */
final class NewsWire {

  private NewsWire() {}

  /** The request of the contract that delivers this news. */
  static Object request(DemographicNotification notification, Parties parties) {
    return switch (notification.kind()) {
      case INACTIVE_NUMBER -> {
        var request = new InactiveNhsNumberNotificationRequest();
        request.setSystems(parties.write());
        request.setNotification(inactiveNumber(notification));
        yield request;
      }
      case BIRTH -> {
        var request = new BirthNotificationRequest();
        request.setSystems(parties.write());
        request.setNotification(birth(notification));
        yield request;
      }
      case WITHDRAWAL -> {
        var request = new WithdrawalNotificationRequest();
        request.setSystems(parties.write());
        request.setNotification(withdrawal(notification));
        yield request;
      }
      case ACCESS -> throw new IllegalStateException("an access is no news of demographics");
    };
  }

  static InactiveNhsNumberNotificationType inactiveNumber(DemographicNotification notification) {
    InactiveNhsNumberNotificationType written = new InactiveNhsNumberNotificationType();
    written.setHead(NotificationParts.head(notification));
    written.setSubject(NotificationParts.subject(notification));
    written.getRecord().addAll(NotificationParts.records(notification));
    notification
        .news()
        .otherNumber()
        .map(NhsNumber::digits)
        .ifPresent(written::setReplacementNhsNumber);
    return written;
  }

  static BirthNotificationType birth(DemographicNotification notification) {
    BirthNotificationType written = new BirthNotificationType();
    written.setHead(NotificationParts.head(notification));
    written.setMother(NotificationParts.subject(notification));
    written.getRecord().addAll(NotificationParts.records(notification));
    written.setBabyNhsNumber(notification.news().otherNumber().orElseThrow().digits());
    return written;
  }

  static WithdrawalNotificationType withdrawal(DemographicNotification notification) {
    WithdrawalNotificationType written = new WithdrawalNotificationType();
    written.setHead(NotificationParts.head(notification));
    written.setSubject(NotificationParts.subject(notification));
    written.getRecord().addAll(NotificationParts.records(notification));
    return written;
  }
}
