package uk.cpis.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.LUCJA;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.plan;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.Digest;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Holding;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.HoldingsRequest;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.testing.TestServices;

/** Rule 20: what the gateway holds of an authority. */
class HoldingsServiceIT {

  private static final Plan FIRST = plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION);
  private static final Plan SECOND = plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER);
  private static final Plan THIRD = plan(HACKNEY, OTHER_CHILD, PlanType.CHILD_PROTECTION);

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    services.hold(FIRST, SECOND, THIRD, plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void showsItsOwnRecordsPageByPageAndNoOthers() {
    List<Plan> all = new ArrayList<>();
    Optional<PlanKey> after = Optional.empty();
    int pages = 0;
    do {
      HoldingsOutcome.Page page = page(2, after);
      assertThat(page.total()).isEqualTo(3);
      page.holdings().forEach(each -> all.add(each.plan()));
      after = page.next();
      pages++;
    } while (after.isPresent());

    assertThat(all).containsExactly(FIRST, SECOND, THIRD);
    assertThat(pages).isEqualTo(2);
    assertThat(services.audited(AuditEvent.HOLDINGS_READ))
        .containsExactly(
            "SHOWN 2 " + Digest.beginning(key(FIRST) + key(SECOND)),
            "SHOWN 1 " + Digest.beginning(key(THIRD)));
  }

  private static String key(Plan plan) {
    return plan.key().person().digits() + " " + plan.key().type().code() + "\n";
  }

  @Test
  void aPageThatHoldsAllIsTheLast() {
    assertThat(page(3, Optional.empty()).next()).isEmpty();
  }

  @Test
  void saysHowFarTheSubmissionsHaveCome() {
    assertThat(page(10, Optional.empty()).lastSequenceNumber()).isEmpty();
    services.store().change(tx -> tx.authorities().setLastSequence(HACKNEY, 42));
    assertThat(page(10, Optional.empty()).lastSequenceNumber()).contains(42L);
  }

  @Test
  void leavesOutWhatIsPastItsTwelveMonths() {
    services.hold(
        plan(HACKNEY, OTHER_CHILD, PlanType.UNBORN, Optional.of(LocalDate.of(2025, 11, 19))));

    assertThat(page(10, Optional.empty()).holdings())
        .extracting(Holding::plan)
        .containsExactly(FIRST, SECOND, THIRD);
    assertThat(page(10, Optional.empty()).total()).isEqualTo(3);
  }

  @Test
  void saysWhichRecordsAnswersDoNotShowBecauseThePersonIsWithheld() {
    services.stand(CHILD, new NumberStanding.Sensitive());

    assertThat(page(10, Optional.empty()).holdings())
        .containsExactly(
            new Holding(FIRST, false), new Holding(SECOND, false), new Holding(THIRD, true));
  }

  @Test
  void saysThatARecordIsShownNoMoreOnceItWasSentAgainUnderTheNewNumber() {
    services.stand(CHILD, new NumberStanding.Superseded(Optional.of(OTHER_CHILD)));
    services.hold(plan(HACKNEY, OTHER_CHILD, PlanType.CHILD_PROTECTION));

    assertThat(page(10, Optional.empty()).holdings())
        .extracting(Holding::shownInAnswers)
        .containsExactly(false, true, true);
  }

  @Test
  void showsTheRecordsOfAnAdultAsAnswersDo() {
    services.clock().advance(Duration.ofDays(7 * 366));

    assertThat(page(10, Optional.empty()).holdings())
        .extracting(each -> each.plan().period().end())
        .containsOnly(Optional.of(LUCJA.eighteenthBirthday()));
  }

  @Test
  void refusesToShowAnotherAuthoritysHoldings() {
    assertThat(ask(TOWER_HAMLETS, 10, Optional.empty()))
        .isEqualTo(new HoldingsOutcome.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
  }

  private HoldingsOutcome.Page page(int limit, Optional<PlanKey> after) {
    HoldingsOutcome outcome = ask(HACKNEY, limit, after);
    assertThat(outcome).isInstanceOf(HoldingsOutcome.Page.class);
    return (HoldingsOutcome.Page) outcome;
  }

  private HoldingsOutcome ask(OdsCode sender, int limit, Optional<PlanKey> after) {
    return services
        .holdings()
        .page(new HoldingsRequest(newMessageId(), HACKNEY, limit, after), socialCareOf(sender));
  }
}
