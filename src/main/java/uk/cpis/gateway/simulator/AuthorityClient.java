package uk.cpis.gateway.simulator;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.xml.namespace.QName;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.security.Operation;

/**
 * An authority's system as a sender: signed updates and deletions to the gateway. Its sequence
 * numbers come from the clock, so that they grow over restarts too. Safe to share between threads.
 */
public final class AuthorityClient implements AutoCloseable {
  private static final String NAMESPACE = "urn:nhs-cpis:gateway:submission:v1";
  private static final Operation UPDATE = operation(Interaction.UPDATE, "planUpdate");
  private static final Operation DELETE = operation(Interaction.DELETE, "planDelete");

  private final SubmissionMessages messages;
  private final PartnerWorld world;
  private final URI gateway;
  private final GatewayLine line;
  private final ContractXml contract = ContractXml.of("submission");
  private final AtomicLong lastSequence = new AtomicLong();

  AuthorityClient(AuthoritySystem system, PartnerWorld world, URI gateway) {
    this.messages = new SubmissionMessages(system, world.gateway().asid());
    this.world = world;
    this.gateway = gateway;
    this.line =
        new GatewayLine(system.authority().code().value(), system.tls(), system.signing(), world);
  }

  /** Sends 1 to 1,000 plans as they are now. */
  public GatewayReply<SubmissionAcknowledgementType> update(List<SyntheticPlan> plans) {
    PlanUpdateRequest request = messages.update(plans, nextSequence());
    return line.send(gateway, UPDATE, contract, request, SubmissionAcknowledgementType.class);
  }

  /** Removes 1 to 1,000 plans that were sent in error. */
  public GatewayReply<SubmissionAcknowledgementType> delete(List<SyntheticPlan> plans) {
    PlanDeleteRequest request = messages.delete(plans, nextSequence());
    return line.send(gateway, DELETE, contract, request, SubmissionAcknowledgementType.class);
  }

  private long nextSequence() {
    long now = world.clock().millis();
    return lastSequence.updateAndGet(last -> Math.max(last + 1, now));
  }

  private static Operation operation(Interaction interaction, String name) {
    return new Operation(
        new QName(NAMESPACE, name + "Request"),
        interaction.action(),
        new QName(NAMESPACE, name + "Response"),
        interaction.action() + "Response");
  }

  @Override
  public void close() {
    line.close();
  }
}
