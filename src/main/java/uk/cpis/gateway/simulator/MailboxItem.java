package uk.cpis.gateway.simulator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.contract.notification.NotificationHeadType;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;

/** A notification as it was collected, in the words of the task that is made of it. */
public record MailboxItem(
    long number, NotificationId id, NotificationKind kind, Instant owedAt, String text) {

  /** What was collected, in its order. */
  public static List<MailboxItem> of(CollectResponse collected) {
    return collected.getNotification().stream().map(MailboxItem::of).toList();
  }

  private static MailboxItem of(MailboxItemType item) {
    if (item.getAccessNotification() != null) {
      var access = item.getAccessNotification();
      return of(NotificationKind.ACCESS, access.getHead(), TaskTexts.of(access));
    } else if (item.getInactiveNhsNumberNotification() != null) {
      var inactive = item.getInactiveNhsNumberNotification();
      return of(NotificationKind.INACTIVE_NUMBER, inactive.getHead(), TaskTexts.of(inactive));
    } else if (item.getBirthNotification() != null) {
      var birth = item.getBirthNotification();
      return of(NotificationKind.BIRTH, birth.getHead(), TaskTexts.of(birth));
    }
    var withdrawal = item.getWithdrawalNotification();
    return of(NotificationKind.WITHDRAWAL, withdrawal.getHead(), TaskTexts.of(withdrawal));
  }

  private static MailboxItem of(NotificationKind kind, NotificationHeadType head, String text) {
    return new MailboxItem(
        head.getNumber(),
        new NotificationId(UUID.fromString(head.getNotificationId())),
        kind,
        TaskWording.moment(head.getMadeAt()),
        text);
  }

  @Override
  public String toString() {
    return "MailboxItem[" + number + " " + id + ", redacted]";
  }
}
