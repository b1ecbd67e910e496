package uk.cpis.gateway.simulator;

import java.net.URI;
import java.util.List;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.security.Operation;

/**
 * The system of an authority without a server: collects its notifications from the gateway, makes a
 * task of each that it accepts, and acknowledges. Safe to share between threads.
 */
public final class MailboxClient implements AutoCloseable {
  private static final ContractXml CONTRACT = ContractXml.of("mailbox");
  private static final String NAMESPACE = "urn:nhs-cpis:gateway:mailbox:v1";
  private static final Operation COLLECT = Operation.of(NAMESPACE, Interaction.COLLECT.action());
  private static final Operation ACKNOWLEDGE =
      Operation.of(NAMESPACE, Interaction.ACKNOWLEDGE.action());

  private final AuthoritySystem system;
  private final PartnerWorld world;
  private final URI mailbox;
  private final GatewayLine line;
  private final FollowUpTasks tasks;

  /** Speaks to the gateway's mailbox service at this address. */
  public MailboxClient(AuthoritySystem system, PartnerWorld world, URI mailbox) {
    this.system = system;
    this.world = world;
    this.mailbox = mailbox;
    String code = system.authority().code().value();
    this.line = new GatewayLine(code, system.tls(), system.signing(), world);
    this.tasks = new FollowUpTasks(system.authority().code(), world.folder(), world.clock());
  }

  /** The oldest that wait, so many at the most; nothing is settled by it. */
  public GatewayReply<CollectResponse> collect(int limit) {
    CollectRequest request = new CollectRequest();
    request.setSystems(systems());
    request.setLocalAuthorityCode(system.authority().code().value());
    request.setLimit(limit);
    return line.send(mailbox, COLLECT, CONTRACT, request, CollectResponse.class);
  }

  /** Says the same of each of these; a task is made of each that is accepted, before it is said. */
  public GatewayReply<AcknowledgeResponse> acknowledge(List<MailboxItem> items, AnswerCode answer) {
    AcknowledgeRequest request = new AcknowledgeRequest();
    request.setSystems(systems());
    request.setLocalAuthorityCode(system.authority().code().value());
    for (MailboxItem item : items) {
      if (answer == AnswerCode.ACCEPTED) {
        tasks.of(item.id(), item.kind(), item.owedAt(), item.text());
      }
      request.getItem().add(acknowledged(item.id(), answer));
    }
    return line.send(mailbox, ACKNOWLEDGE, CONTRACT, request, AcknowledgeResponse.class);
  }

  private static AcknowledgedItemType acknowledged(NotificationId id, AnswerCode answer) {
    AcknowledgedItemType item = new AcknowledgedItemType();
    item.setNotificationId(id.toString());
    item.setAnswer(answer);
    return item;
  }

  private SystemsType systems() {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(system.asid().digits());
    systems.setReceiverAsid(world.gateway().asid().digits());
    return systems;
  }

  @Override
  public void close() {
    line.close();
  }
}
