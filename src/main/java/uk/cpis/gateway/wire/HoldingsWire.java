package uk.cpis.gateway.wire;

import java.time.LocalDate;
import java.util.Optional;
import uk.cpis.gateway.contract.submission.HoldingType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.PlanTypeCode;
import uk.cpis.gateway.domain.Holding;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.RejectionReason;

/** What the gateway holds of an authority, page by page (rule 20). */
public final class HoldingsWire {

  private HoldingsWire() {}

  /** What page is asked for; refused when the token is none that this authority was given. */
  public static Reading<uk.cpis.gateway.domain.HoldingsRequest> read(
      HoldingsRequest request, MessageId messageId, PageTokens tokens) {
    OdsCode authority = new OdsCode(request.getLocalAuthorityCode());
    String token = request.getPageToken();
    Optional<PlanKey> after =
        Optional.ofNullable(token).flatMap(given -> tokens.read(given, authority));
    if (token != null && after.isEmpty()) {
      return new Reading.Refused<>(RejectionReason.PAGE_TOKEN_NOT_VALID);
    }
    return new Reading.Read<>(
        new uk.cpis.gateway.domain.HoldingsRequest(
            messageId, authority, request.getPageSize(), after));
  }

  /** The page; without a token for the next one it is the last. */
  public static HoldingsResponse write(
      uk.cpis.gateway.domain.HoldingsRequest request,
      HoldingsOutcome.Page page,
      Parties parties,
      PageTokens tokens) {
    HoldingsResponse response = new HoldingsResponse();
    response.setSystems(parties.write());
    response.setLocalAuthorityCode(request.authority().value());
    response.setAnsweredAt(Times.time(page.at()));
    page.lastSequenceNumber().ifPresent(response::setLastSequenceNumber);
    response.setTotalCount(page.total());
    LocalDate today = LondonDay.of(page.at());
    page.holdings().forEach(each -> response.getHolding().add(holding(each, today)));
    page.next().map(tokens::write).ifPresent(response::setNextPageToken);
    return response;
  }

  private static HoldingType holding(Holding each, LocalDate today) {
    Plan plan = each.plan();
    HoldingType holding = new HoldingType();
    plan.localIdentifier().ifPresent(holding::setLocalIdentifier);
    holding.setSubject(People.write(plan.key().person(), plan.subject()));
    holding.setPlanType(PlanTypeCode.fromValue(plan.key().type().code()));
    holding.setStartDate(Times.date(plan.period().start()));
    plan.period().end().map(Times::date).ifPresent(holding::setEndDate);
    holding.setStatus(plan.activeOn(today) ? PlanStatusCode.ACTIVE : PlanStatusCode.ENDED);
    holding.setShownInAnswers(each.shownInAnswers());
    holding.setSequenceNumber(plan.submission().sequenceNumber());
    return holding;
  }
}
