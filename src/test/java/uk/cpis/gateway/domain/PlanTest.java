package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules 6 and 13: until which day a record is shown, and how an adult's is. */
class PlanTest {

  private static final LocalDate BORN = LocalDate.of(2008, 11, 20);
  private static final LocalDate EIGHTEEN = LocalDate.of(2026, 11, 20);
  private static final Optional<LocalDate> NO_END = Optional.empty();

  @Test
  void aChildsPlanIsInForceUntilTheEveOfTheEighteenthBirthday() {
    Plan plan = plan(PlanType.CHILD_PROTECTION, BORN, NO_END);

    assertThat(plan.activeOn(EIGHTEEN.minusDays(1))).isTrue();
    assertThat(plan.shownOn(EIGHTEEN.minusDays(1))).isEqualTo(plan);
    assertThat(plan.activeOn(EIGHTEEN)).isFalse();
  }

  @Test
  void aChildsPlanOfAnAdultIsShownAsEndedOnTheEighteenthBirthday() {
    Plan shown = plan(PlanType.LOOKED_AFTER, BORN, NO_END).shownOn(EIGHTEEN);

    assertThat(shown.period().end()).contains(EIGHTEEN);
    assertThat(shown.activeOn(EIGHTEEN)).isFalse();
  }

  @Test
  void aChildsPlanIsGoneTwelveMonthsAfterTheEighteenthBirthday() {
    Plan plan = plan(PlanType.LOOKED_AFTER, BORN, NO_END);

    assertThat(plan.lastVisibleDay()).contains(LocalDate.of(2027, 11, 20));
    assertThat(plan.visibleOn(LocalDate.of(2027, 11, 20))).isTrue();
    assertThat(plan.visibleOn(LocalDate.of(2027, 11, 21))).isFalse();
  }

  @Test
  void anEndSentForADayAfterTheBirthdayDoesNotProlongTheRecord() {
    Plan plan = plan(PlanType.LOOKED_AFTER, BORN, Optional.of(EIGHTEEN.plusDays(1)));

    assertThat(plan.shownOn(EIGHTEEN).period().end()).contains(EIGHTEEN);
    assertThat(plan.lastVisibleDay()).contains(EIGHTEEN.plusMonths(12));
  }

  @Test
  void anEndBeforeTheBirthdayStandsAsItWasSent() {
    LocalDate end = LocalDate.of(2026, 3, 1);
    Plan plan = plan(PlanType.CHILD_PROTECTION, BORN, Optional.of(end));

    assertThat(plan.shownOn(EIGHTEEN).period().end()).contains(end);
    assertThat(plan.lastVisibleDay()).contains(LocalDate.of(2027, 3, 1));
  }

  @Test
  void anUnbornChildsPlanDoesNotEndAtTheMothersBirthday() {
    Plan plan = plan(PlanType.UNBORN, BORN, NO_END);

    assertThat(plan.shownOn(EIGHTEEN)).isEqualTo(plan);
    assertThat(plan.activeOn(EIGHTEEN)).isTrue();
    assertThat(plan.lastVisibleDay()).isEmpty();
  }

  @Test
  void whoWasBornOnLeapDayIsShownAsEndedOnTheFirstOfMarch() {
    Plan plan = plan(PlanType.LOOKED_AFTER, LocalDate.of(2008, 2, 29), NO_END);
    LocalDate first = LocalDate.of(2026, 3, 1);

    assertThat(plan.activeOn(first.minusDays(1))).isTrue();
    assertThat(plan.shownOn(first).period().end()).contains(first);
    assertThat(plan.lastVisibleDay()).contains(LocalDate.of(2027, 3, 1));
  }

  private static Plan plan(PlanType type, LocalDate born, Optional<LocalDate> end) {
    return new Plan(
        new PlanKey(new OdsCode("TWH"), new NhsNumber("9990000018"), type),
        new PlanPeriod(LocalDate.of(2024, 5, 1), end),
        new Subject("Exampleton", "Siân", born),
        Optional.empty(),
        new SubmissionReference(new MessageId(new UUID(0, 1)), 1));
  }
}
