package uk.cpis.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.notification.BirthNotificationRequest;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationRequest;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationRequest;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;

/** News of demographics in the words of the contract. */
class NewsWireTest {

  private static final Parties PARTIES =
      new Parties(new Asid("200000000001"), new Asid("200000000002"));
  private static final NhsNumber PERSON = new NhsNumber("9990000018");
  private static final NhsNumber OTHER = new NhsNumber("9990000026");

  @Test
  void tellsTheReplacementOfAnInactiveNumber() {
    Object request = request(new DemographicNews.InactiveNumber(Optional.of(OTHER)));

    assertThat(request)
        .isInstanceOfSatisfying(
            InactiveNhsNumberNotificationRequest.class,
            inactive -> {
              assertThat(inactive.getNotification().getSubject().getNhsNumber())
                  .isEqualTo(PERSON.digits());
              assertThat(inactive.getNotification().getReplacementNhsNumber())
                  .isEqualTo(OTHER.digits());
            });
    assertThat(Contract.xml(request, "notification.xsd")).contains(OTHER.digits());
  }

  @Test
  void leavesTheReplacementOutWhereThereIsNone() {
    assertThat(
            Contract.xml(
                request(new DemographicNews.InactiveNumber(Optional.empty())), "notification.xsd"))
        .contains("inactiveNhsNumberNotificationRequest")
        .doesNotContain("replacementNhsNumber");
  }

  @Test
  void tellsTheBabysNumberAndTheMother() {
    Object request = request(new DemographicNews.Birth(OTHER));

    assertThat(request)
        .isInstanceOfSatisfying(
            BirthNotificationRequest.class,
            birth -> {
              assertThat(birth.getNotification().getMother().getNhsNumber())
                  .isEqualTo(PERSON.digits());
              assertThat(birth.getNotification().getBabyNhsNumber()).isEqualTo(OTHER.digits());
            });
    assertThat(Contract.xml(request, "notification.xsd")).contains("birthNotificationRequest");
  }

  @Test
  void tellsOfAWithdrawalWhichRecordsAndNothingElse() {
    Object request = request(new DemographicNews.Withdrawal());

    assertThat(request).isInstanceOf(WithdrawalNotificationRequest.class);
    assertThat(Contract.xml(request, "notification.xsd"))
        .contains("withdrawalNotificationRequest", "CHILD-1")
        .doesNotContain("reason", "organisation", "accessed");
  }

  private static Object request(DemographicNews news) {
    Plan plan =
        new Plan(
            new PlanKey(new OdsCode("TWH"), PERSON, PlanType.UNBORN),
            new PlanPeriod(LocalDate.of(2026, 1, 5), Optional.empty()),
            new Subject("Ó Briain", "Łucja", LocalDate.of(1998, 4, 1)),
            Optional.of("CHILD-1"),
            new SubmissionReference(new MessageId(new UUID(1, 2)), 4));
    return NotificationWire.request(
        new DemographicNotification(
            new NotificationId(new UUID(3, 4)),
            7,
            Instant.parse("2026-11-21T02:10:00.250Z"),
            new OdsCode("TWH"),
            PERSON,
            news,
            List.of(new NotifiedRecord(plan, true))),
        PARTIES);
  }
}
