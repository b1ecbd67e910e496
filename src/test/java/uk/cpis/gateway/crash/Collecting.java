package uk.cpis.gateway.crash;

import java.util.List;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.crash.ClientLog.Ending;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.simulator.MailboxItem;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestSystem;

/** An authority's system that collects its notifications and accepts what it has collected. */
final class Collecting extends Partner {

  private static final int AT_ONCE = 20;

  private final PartnerLine line;

  Collecting(CrashWorld world, Gate gate, long seed, Complaints complaints, PartnerLine line) {
    super(world, gate, seed, complaints);
    this.line = line;
  }

  @Override
  void step() throws InterruptedException {
    if (!collected()) {
      gate.awaitNext();
    }
  }

  /** Collects and accepts until nothing waits. */
  void empty() throws InterruptedException {
    while (collected()) {
      // the next page
    }
  }

  private boolean collected() throws InterruptedException {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(line.system().asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(code());
    request.setLimit(AT_ONCE);
    Line.Reply reply = line.send(Interaction.COLLECT, messageId(), request);
    if (!(reply instanceof Line.Answered answered)) {
      return false;
    }
    List<MailboxItem> items = MailboxItem.of(answered.as(CollectResponse.class));
    tell(items, AuthorityLog.COLLECTED);
    if (!items.isEmpty() && sent(acceptance(items), 0).ending() == Ending.ANSWERED) {
      tell(items, AuthorityLog.ACCEPTED);
    }
    return !items.isEmpty();
  }

  private void tell(List<MailboxItem> items, String answer) {
    items.forEach(
        item -> world.mailboxLog().mailbox(world.clock().instant(), code(), item, answer));
  }

  private Letter acceptance(List<MailboxItem> items) {
    AcknowledgeRequest request = new AcknowledgeRequest();
    request.setSystems(Queries.systems(line.system().asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(code());
    for (MailboxItem item : items) {
      AcknowledgedItemType accepted = new AcknowledgedItemType();
      accepted.setNotificationId(item.id().toString());
      accepted.setAnswer(AnswerCode.ACCEPTED);
      request.getItem().add(accepted);
    }
    return new Letter(
        line,
        Interaction.ACKNOWLEDGE,
        Kind.ACKNOWLEDGE,
        messageId(),
        request,
        code(),
        "-",
        "-",
        answered -> "-");
  }

  private MessageId messageId() {
    return new MessageId(new java.util.UUID(random.nextLong(), random.nextLong()));
  }

  private String code() {
    return CrashWorld.code(line.system()).value();
  }
}
