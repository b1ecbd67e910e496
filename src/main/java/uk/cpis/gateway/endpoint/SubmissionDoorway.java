package uk.cpis.gateway.endpoint;

import jakarta.jws.WebService;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryResponse;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.SubmissionPort;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.HoldingsRequest;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.wire.DeleteWire;
import uk.cpis.gateway.wire.HistoryWire;
import uk.cpis.gateway.wire.HoldingsWire;
import uk.cpis.gateway.wire.PageTokens;
import uk.cpis.gateway.wire.UpdateWire;

/** What local authorities send, and what they may ask of their own. Shared between threads. */
@WebService(
    endpointInterface = "uk.cpis.gateway.contract.submission.SubmissionPort",
    targetNamespace = "urn:nhs-cpis:gateway:submission:v1",
    serviceName = "SubmissionService",
    portName = "SubmissionPort")
final class SubmissionDoorway implements SubmissionPort {

  private final Reception reception;
  private final Services services;
  private final PageTokens tokens;

  SubmissionDoorway(Reception reception, Services services, PageTokens tokens) {
    this.reception = reception;
    this.services = services;
    this.tokens = tokens;
  }

  @Override
  public SubmissionAcknowledgementType planUpdate(PlanUpdateRequest request) {
    Visit visit = reception.receive(request.getSystems());
    Submission update = UpdateWire.read(request, visit.messageId(), visit.content());
    SubmissionOutcome outcome = services.submissions().apply(update, visit.sender());
    return UpdateWire.write(update, acknowledged(outcome, update.authority()), visit.answering());
  }

  @Override
  public SubmissionAcknowledgementType planDelete(PlanDeleteRequest request) {
    Visit visit = reception.receive(request.getSystems());
    Submission deletion = DeleteWire.read(request, visit.messageId(), visit.content());
    SubmissionOutcome outcome = services.submissions().apply(deletion, visit.sender());
    return DeleteWire.write(
        deletion, acknowledged(outcome, deletion.authority()), visit.answering());
  }

  @Override
  public HoldingsResponse holdings(uk.cpis.gateway.contract.submission.HoldingsRequest request) {
    Visit visit = reception.receive(request.getSystems());
    HoldingsRequest asked = visit.read(HoldingsWire.read(request, visit.messageId(), tokens));
    HoldingsOutcome outcome = services.holdings().apply(asked, visit.sender());
    return HoldingsWire.write(asked, page(outcome, asked.authority()), visit.answering(), tokens);
  }

  @Override
  public AccessHistoryResponse accessHistory(AccessHistoryRequest request) {
    Visit visit = reception.receive(request.getSystems());
    HistoryRequest asked = visit.read(HistoryWire.read(request, visit.messageId()));
    HistoryOutcome outcome = services.histories().apply(asked, visit.sender());
    return HistoryWire.write(asked, shown(outcome, asked.authority()), visit.answering());
  }

  private static Acknowledgement acknowledged(SubmissionOutcome outcome, OdsCode authority) {
    if (outcome instanceof SubmissionOutcome.Refused refused) {
      throw new Rejected(refused.reason(), Named.authority(authority));
    }
    return ((SubmissionOutcome.Acknowledged) outcome).acknowledgement();
  }

  private static HoldingsOutcome.Page page(HoldingsOutcome outcome, OdsCode authority) {
    if (outcome instanceof HoldingsOutcome.Refused refused) {
      throw new Rejected(refused.reason(), Named.authority(authority));
    }
    return (HoldingsOutcome.Page) outcome;
  }

  private static HistoryOutcome.Shown shown(HistoryOutcome outcome, OdsCode authority) {
    if (outcome instanceof HistoryOutcome.Refused refused) {
      throw new Rejected(refused.reason(), Named.authority(authority));
    }
    return (HistoryOutcome.Shown) outcome;
  }
}
