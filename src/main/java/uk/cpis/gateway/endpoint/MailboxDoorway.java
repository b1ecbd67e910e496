package uk.cpis.gateway.endpoint;

import jakarta.jws.WebService;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxPort;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.AcknowledgeRequest;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.CollectRequest;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.wire.MailboxWire;

/** The mailbox of authorities that have no server. Shared between request threads. */
@WebService(
    endpointInterface = "uk.cpis.gateway.contract.mailbox.MailboxPort",
    targetNamespace = "urn:nhs-cpis:gateway:mailbox:v1",
    serviceName = "MailboxService",
    portName = "MailboxPort")
final class MailboxDoorway implements MailboxPort {

  private final Reception reception;
  private final Services services;

  MailboxDoorway(Reception reception, Services services) {
    this.reception = reception;
    this.services = services;
  }

  @Override
  public CollectResponse collect(uk.cpis.gateway.contract.mailbox.CollectRequest request) {
    Visit visit = reception.receive(request.getSystems());
    CollectRequest asked = MailboxWire.read(request, visit.messageId());
    CollectOutcome outcome = services.collections().apply(asked, visit.sender());
    return MailboxWire.write(asked, collected(outcome, asked.authority()), visit.answering());
  }

  @Override
  public AcknowledgeResponse acknowledge(
      uk.cpis.gateway.contract.mailbox.AcknowledgeRequest request) {
    Visit visit = reception.receive(request.getSystems());
    AcknowledgeRequest told = MailboxWire.read(request, visit.messageId());
    AcknowledgeOutcome outcome = services.acknowledgements().apply(told, visit.sender());
    return MailboxWire.write(told, acknowledged(outcome, told.authority()), visit.answering());
  }

  private static CollectOutcome.Collected collected(CollectOutcome outcome, OdsCode authority) {
    if (outcome instanceof CollectOutcome.Refused refused) {
      throw new Rejected(refused.reason(), Named.authority(authority));
    }
    return (CollectOutcome.Collected) outcome;
  }

  private static AcknowledgeOutcome.Acknowledged acknowledged(
      AcknowledgeOutcome outcome, OdsCode authority) {
    if (outcome instanceof AcknowledgeOutcome.Refused refused) {
      throw new Rejected(refused.reason(), Named.authority(authority));
    }
    return (AcknowledgeOutcome.Acknowledged) outcome;
  }
}
