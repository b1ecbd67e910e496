package uk.cpis.gateway.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.contract.mailbox.SettledItemType;
import uk.cpis.gateway.contract.mailbox.SettlementCode;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** Notifications collected by authorities that have no server, and their acknowledgement. */
public final class MailboxWire {

  private MailboxWire() {}

  public static uk.cpis.gateway.domain.CollectRequest read(
      CollectRequest request, MessageId messageId) {
    return new uk.cpis.gateway.domain.CollectRequest(
        messageId,
        new OdsCode(request.getLocalAuthorityCode()),
        request.getLimit(),
        Optional.ofNullable(request.getAfterNumber()));
  }

  public static uk.cpis.gateway.domain.AcknowledgeRequest read(
      AcknowledgeRequest request, MessageId messageId) {
    return new uk.cpis.gateway.domain.AcknowledgeRequest(
        messageId,
        new OdsCode(request.getLocalAuthorityCode()),
        request.getItem().stream().map(MailboxWire::item).toList());
  }

  public static CollectResponse write(
      uk.cpis.gateway.domain.CollectRequest request,
      CollectOutcome.Collected collected,
      Parties parties) {
    CollectResponse response = new CollectResponse();
    response.setSystems(parties.write());
    response.setLocalAuthorityCode(request.authority().value());
    collected.notifications().forEach(each -> response.getNotification().add(item(each)));
    response.setRemaining(collected.remaining());
    return response;
  }

  public static AcknowledgeResponse write(
      uk.cpis.gateway.domain.AcknowledgeRequest request,
      AcknowledgeOutcome.Acknowledged acknowledged,
      Parties parties) {
    AcknowledgeResponse response = new AcknowledgeResponse();
    response.setSystems(parties.write());
    response.setLocalAuthorityCode(request.authority().value());
    acknowledged.items().forEach(each -> response.getItem().add(item(each)));
    return response;
  }

  private static uk.cpis.gateway.domain.AcknowledgeRequest.Item item(AcknowledgedItemType item) {
    return new uk.cpis.gateway.domain.AcknowledgeRequest.Item(
        new NotificationId(UUID.fromString(item.getNotificationId())),
        NotificationWire.answer(item.getAnswer()));
  }

  private static MailboxItemType item(Notification notification) {
    MailboxItemType item = new MailboxItemType();
    switch (notification.kind()) {
      case ACCESS ->
          item.setAccessNotification(NotificationWire.content((AccessNotification) notification));
      case INACTIVE_NUMBER ->
          item.setInactiveNhsNumberNotification(
              NewsWire.inactiveNumber((DemographicNotification) notification));
      case BIRTH ->
          item.setBirthNotification(NewsWire.birth((DemographicNotification) notification));
      case WITHDRAWAL ->
          item.setWithdrawalNotification(
              NewsWire.withdrawal((DemographicNotification) notification));
    }
    return item;
  }

  private static SettledItemType item(AcknowledgeOutcome.Item item) {
    SettledItemType written = new SettledItemType();
    written.setNotificationId(item.notification().toString());
    written.setSettlement(
        SettlementCode.fromValue(item.standing().name().toLowerCase(Locale.ROOT)));
    return written;
  }
}
