package uk.cpis.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.contacts;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.testing.TestServices;

/** What a query shows and on which days: rules 6, 7 and 13, and cpis.md §2. */
class RecordsSideBySideIT {

  private static final LocalDate EIGHTEENTH = LocalDate.of(2026, 11, 21);
  private static final Subject TEENAGER =
      new Subject("Example-Mother", "Aoife", EIGHTEENTH.minusYears(18));

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void showsEveryTypeOfPlanOfEveryAuthorityAndMergesNone() {
    List<Plan> held = new ArrayList<>();
    for (OdsCode authority : List.of(HACKNEY, TOWER_HAMLETS)) {
      for (PlanType type : List.of(PlanType.values())) {
        held.add(plan(authority, CHILD, type));
      }
    }
    services.hold(held.toArray(Plan[]::new));

    QueryOutcome.Answered answer = ask(CHILD);

    assertThat(plans(answer)).containsExactlyInAnyOrderElementsOf(held);
    assertThat(answer.authorities())
        .allSatisfy(
            each ->
                assertThat(each.plans())
                    .hasSize(3)
                    .allMatch(plan -> plan.key().authority().equals(each.authority().code())));
  }

  @Test
  void aDutyNumberThatChangedIsRightOnOldRecordsOfThatAuthorityOnly() {
    services.hold(
        plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER),
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION),
        plan(TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION));
    services.store().change(tx -> tx.authorities().setContacts(HACKNEY, contacts("020 7946 0998")));

    assertThat(ask(CHILD).authorities())
        .extracting(each -> each.authority().contacts())
        .containsExactly(contacts("020 7946 0998"), contacts("020 7946 0001"));
  }

  @Test
  void aYoungMothersOwnPlanStandsBesideHerUnbornChilds() {
    Plan own = teenagers(TOWER_HAMLETS, PlanType.CHILD_PROTECTION);
    Plan unborn = teenagers(TOWER_HAMLETS, PlanType.UNBORN);
    Plan elsewhere = teenagers(HACKNEY, PlanType.UNBORN);
    services.hold(own, unborn, elsewhere);

    assertThat(plans(ask(MOTHER))).containsExactly(elsewhere, own, unborn);
  }

  @Test
  void fromHerEighteenthBirthdayTheMothersOwnPlanIsEndedAndTheUnbornChildsIsNot() {
    services.hold(
        teenagers(TOWER_HAMLETS, PlanType.CHILD_PROTECTION),
        teenagers(TOWER_HAMLETS, PlanType.LOOKED_AFTER),
        teenagers(TOWER_HAMLETS, PlanType.UNBORN));
    at("2026-11-20T23:59:59.999Z");
    assertThat(plans(ask(MOTHER))).allMatch(plan -> plan.period().end().isEmpty());

    at("2026-11-21T00:00:00Z");

    assertThat(plans(ask(MOTHER)))
        .extracting(plan -> plan.key().type(), plan -> plan.period().end())
        .containsExactly(
            tuple(PlanType.CHILD_PROTECTION, Optional.of(EIGHTEENTH)),
            tuple(PlanType.LOOKED_AFTER, Optional.of(EIGHTEENTH)),
            tuple(PlanType.UNBORN, Optional.empty()));
    assertThat(services.owedTo(TOWER_HAMLETS).get(1).records())
        .extracting(NotifiedRecord::active)
        .containsExactly(false, false, true);
  }

  @Test
  void twelveMonthsAfterTheBirthdayOnlyTheUnbornChildsPlanIsLeft() {
    services.hold(
        teenagers(TOWER_HAMLETS, PlanType.CHILD_PROTECTION),
        teenagers(TOWER_HAMLETS, PlanType.UNBORN));
    at("2027-11-21T23:59:59.999Z");
    assertThat(plans(ask(MOTHER))).hasSize(2);

    at("2027-11-22T00:00:00Z");

    assertThat(plans(ask(MOTHER)))
        .extracting(plan -> plan.key().type())
        .containsExactly(PlanType.UNBORN);
  }

  @Test
  void inSummerTheLastVisibleDayEndsAtMidnightInLondonNotInGreenwich() {
    services.hold(ended(LocalDate.of(2026, 7, 15)));
    at("2027-07-15T22:59:59.999Z");
    assertThat(ask(CHILD).found()).isTrue();

    at("2027-07-15T23:00:00Z");

    assertThat(ask(CHILD).found()).isFalse();
  }

  @Test
  void inWinterTheLastVisibleDayEndsAtMidnight() {
    services.hold(ended(LocalDate.of(2026, 1, 15)));
    at("2027-01-15T23:59:59.999Z");
    assertThat(ask(CHILD).found()).isTrue();

    at("2027-01-16T00:00:00Z");

    assertThat(ask(CHILD).found()).isFalse();
  }

  @Test
  void aPlanThatEndedOnLeapDayIsShownUntilTheTwentyEighthOfFebruary() {
    services.hold(ended(LocalDate.of(2028, 2, 29)));
    at("2029-02-28T23:59:59.999Z");
    assertThat(ask(CHILD).found()).isTrue();

    at("2029-03-01T00:00:00Z");

    assertThat(ask(CHILD).found()).isFalse();
  }

  @Test
  void aPlanWithoutAnEndIsShownAsLongAsNoneArrives() {
    services.hold(plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER));

    at("2033-03-13T12:00:00Z");

    assertThat(plans(ask(CHILD))).singleElement().matches(plan -> plan.period().end().isEmpty());
  }

  private void at(String time) {
    services.clock().advance(Duration.between(services.clock().instant(), Instant.parse(time)));
  }

  private QueryOutcome.Answered ask(NhsNumber person) {
    PlanQuery query =
        new PlanQuery(
            newMessageId(),
            new ContentDigest("a".repeat(64)),
            person,
            nurse("anna"),
            ActivityCode.B0107,
            Optional.of(CareSetting.MATERNITY_UNIT));
    return (QueryOutcome.Answered) services.queries().answer(query, homerton());
  }

  private static List<Plan> plans(QueryOutcome.Answered answer) {
    return answer.authorities().stream().flatMap(each -> each.plans().stream()).toList();
  }

  private static Plan ended(LocalDate end) {
    return plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION, Optional.of(end));
  }

  private static Plan teenagers(OdsCode authority, PlanType type) {
    return new Plan(
        new PlanKey(authority, MOTHER, type),
        new PlanPeriod(LocalDate.of(2026, 1, 31), Optional.empty()),
        TEENAGER,
        Optional.empty(),
        new SubmissionReference(newMessageId(), 7));
  }
}
