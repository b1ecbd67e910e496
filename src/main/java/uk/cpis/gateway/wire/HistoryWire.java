package uk.cpis.gateway.wire;

import java.util.Optional;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryResponse;
import uk.cpis.gateway.contract.submission.AuthorityUserType;
import uk.cpis.gateway.domain.AuthorityUser;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;

/** The access history of a person, asked for by an authority for a named user (rule 20). */
public final class HistoryWire {

  private HistoryWire() {}

  /** Whose history is asked for; refused when the number is none (rule 1). */
  public static Reading<HistoryRequest> read(AccessHistoryRequest request, MessageId messageId) {
    Optional<NhsNumber> person = NhsNumber.of(request.getNhsNumber());
    if (person.isEmpty()) {
      return new Reading.Refused<>(RejectionReason.NHS_NUMBER_NOT_VALID);
    }
    return new Reading.Read<>(
        new HistoryRequest(
            messageId,
            new OdsCode(request.getLocalAuthorityCode()),
            user(request.getUser()),
            person.get()));
  }

  public static AccessHistoryResponse write(
      HistoryRequest request, HistoryOutcome.Shown shown, Parties parties) {
    AccessHistoryResponse response = new AccessHistoryResponse();
    response.setSystems(parties.write());
    response.setAnsweredAt(Times.time(shown.at()));
    response.setNhsNumber(request.person().digits());
    shown.accesses().forEach(access -> response.getAccess().add(People.write(access)));
    return response;
  }

  private static AuthorityUser user(AuthorityUserType user) {
    return new AuthorityUser(
        user.getUserId(), People.read(user.getName()), Optional.ofNullable(user.getJobTitle()));
  }
}
