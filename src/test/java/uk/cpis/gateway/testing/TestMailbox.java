package uk.cpis.gateway.testing;

import java.util.Arrays;
import java.util.List;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.contract.mailbox.SettledItemType;
import uk.cpis.gateway.contract.notification.NotificationHeadType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.Interaction;

/** What an authority does with its mailbox, over the wire. */
public final class TestMailbox {

  /** The most that one collection hands out. */
  public static final int MOST = 100;

  private final TestClient client;
  private final String code;

  public TestMailbox(TestClient client) {
    this.client = client;
    this.code = Submissions.authorityCode(client.system());
  }

  /** Everything that waits, in one page. */
  public CollectResponse all() {
    return collect(request(MOST));
  }

  public CollectResponse collect(int limit) {
    return collect(request(limit));
  }

  /** The page that begins after the notification of this number. */
  public CollectResponse collect(int limit, long afterNumber) {
    CollectRequest request = request(limit);
    request.setAfterNumber(afterNumber);
    return collect(request);
  }

  private CollectResponse collect(CollectRequest request) {
    return client.send(Interaction.COLLECT, request).answer(CollectResponse.class);
  }

  /** The request for a page, to be altered. */
  public CollectRequest request(int limit) {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(client.system().asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(code);
    request.setLimit(limit);
    return request;
  }

  /** Says the same of each of these; how each stands then. */
  public List<String> acknowledge(AnswerCode answer, String... ids) {
    return acknowledge(
        Arrays.stream(ids).map(id -> item(id, answer)).toArray(AcknowledgedItemType[]::new));
  }

  /** How each stands after this was said of them. */
  public List<String> acknowledge(AcknowledgedItemType... items) {
    return client
        .send(Interaction.ACKNOWLEDGE, acknowledgement(items))
        .answer(AcknowledgeResponse.class)
        .getItem()
        .stream()
        .map(SettledItemType::getSettlement)
        .map(settlement -> settlement.value())
        .toList();
  }

  public AcknowledgeRequest acknowledgement(AcknowledgedItemType... items) {
    AcknowledgeRequest request = new AcknowledgeRequest();
    request.setSystems(Queries.systems(client.system().asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(code);
    request.getItem().addAll(List.of(items));
    return request;
  }

  /** What is said of one notification. */
  public static AcknowledgedItemType item(String id, AnswerCode answer) {
    AcknowledgedItemType item = new AcknowledgedItemType();
    item.setNotificationId(id);
    item.setAnswer(answer);
    return item;
  }

  /** Settles everything that waits. */
  public void empty() {
    for (CollectResponse page = all(); !page.getNotification().isEmpty(); page = all()) {
      acknowledge(AnswerCode.ACCEPTED, ids(page).toArray(String[]::new));
    }
  }

  public static List<String> ids(CollectResponse collected) {
    return heads(collected).stream().map(NotificationHeadType::getNotificationId).toList();
  }

  public static List<Long> numbers(CollectResponse collected) {
    return heads(collected).stream().map(NotificationHeadType::getNumber).toList();
  }

  private static List<NotificationHeadType> heads(CollectResponse collected) {
    return collected.getNotification().stream().map(TestMailbox::head).toList();
  }

  private static NotificationHeadType head(MailboxItemType item) {
    if (item.getAccessNotification() != null) {
      return item.getAccessNotification().getHead();
    }
    if (item.getInactiveNhsNumberNotification() != null) {
      return item.getInactiveNhsNumberNotification().getHead();
    }
    return item.getBirthNotification() != null
        ? item.getBirthNotification().getHead()
        : item.getWithdrawalNotification().getHead();
  }
}
