package uk.cpis.gateway.simulator;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.security.Operation;

/**
 * An authority's system as a sender: signed updates and deletions to the gateway. Its sequence
 * numbers go on from the last one that the gateway has applied. Safe to share between threads.
 */
public final class AuthorityClient implements AutoCloseable {
  private static final ContractXml CONTRACT = ContractXml.of("submission");
  private static final String NAMESPACE = "urn:nhs-cpis:gateway:submission:v1";
  private static final Operation UPDATE = Operation.of(NAMESPACE, Interaction.UPDATE.action());
  private static final Operation DELETE = Operation.of(NAMESPACE, Interaction.DELETE.action());
  private static final Operation HOLDINGS = Operation.of(NAMESPACE, Interaction.HOLDINGS.action());

  private static final long UNKNOWN = -1;

  private final SubmissionMessages messages;
  private final URI gateway;
  private final GatewayLine line;
  private long lastSequence = UNKNOWN;

  AuthorityClient(AuthoritySystem system, PartnerWorld world, URI gateway) {
    this.messages = new SubmissionMessages(system, world.gateway().asid());
    this.gateway = gateway;
    this.line =
        new GatewayLine(system.authority().code().value(), system.tls(), system.signing(), world);
  }

  /** Sends 1 to 1,000 plans as they are now. */
  public GatewayReply<SubmissionAcknowledgementType> update(List<SyntheticPlan> plans) {
    PlanUpdateRequest request = messages.update(plans, nextSequence());
    return line.send(gateway, UPDATE, CONTRACT, request, SubmissionAcknowledgementType.class);
  }

  /** Removes 1 to 1,000 plans that were sent in error. */
  public GatewayReply<SubmissionAcknowledgementType> delete(List<SyntheticPlan> plans) {
    PlanDeleteRequest request = messages.delete(plans, nextSequence());
    return line.send(gateway, DELETE, CONTRACT, request, SubmissionAcknowledgementType.class);
  }

  /** What the gateway holds of this authority: so many records, and the last sequence number. */
  public GatewayReply<HoldingsResponse> holdings(int pageSize) {
    HoldingsRequest request = messages.holdings(pageSize);
    return line.send(gateway, HOLDINGS, CONTRACT, request, HoldingsResponse.class);
  }

  /** The next number of the sequence; where it stands, the gateway is asked once. */
  private synchronized long nextSequence() {
    if (lastSequence == UNKNOWN) {
      lastSequence = lastApplied();
    }
    return ++lastSequence;
  }

  private long lastApplied() {
    if (holdings(1) instanceof GatewayReply.Answered<HoldingsResponse> answered) {
      return Optional.ofNullable(answered.content().getLastSequenceNumber()).orElse(0L);
    }
    throw new SimulatorException("the gateway does not say what it holds");
  }

  @Override
  public void close() {
    line.close();
  }
}
