package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules 6 and 13, against a naive reckoning day by day, over many plans from a fixed seed. */
class VisibilityPropertiesTest {

  private static final int MANY = 300;
  private static final LocalDate EPOCH = LocalDate.of(2018, 1, 1);

  private final Random random = new Random(20_200_229);

  /** By the calendar: the same day of a later month, or the last that this month has. */
  private static LocalDate twelveMonthsOn(LocalDate day) {
    YearMonth month = YearMonth.of(day.getYear() + 1, day.getMonth());
    return month.atDay(Math.min(day.getDayOfMonth(), month.lengthOfMonth()));
  }

  /** The birthday in the 18th year after, or the day after where that year lacks it. */
  private static LocalDate eighteenth(LocalDate born) {
    boolean leapDay = born.getMonthValue() == 2 && born.getDayOfMonth() == 29;
    return leapDay
        ? LocalDate.of(born.getYear() + 18, 3, 1)
        : LocalDate.of(born.getYear() + 18, born.getMonth(), born.getDayOfMonth());
  }

  private static boolean naivelyVisible(Plan plan, LocalDate today) {
    Optional<LocalDate> end = plan.period().end();
    boolean byEnd = end.isEmpty() || !today.isAfter(twelveMonthsOn(end.get()));
    LocalDate adult = eighteenth(plan.subject().dateOfBirth());
    boolean byAge = plan.key().type() == PlanType.UNBORN || !today.isAfter(twelveMonthsOn(adult));
    return byEnd && byAge;
  }

  private static boolean naivelyActive(Plan plan, LocalDate today) {
    Optional<LocalDate> end = plan.period().end();
    boolean child = today.isBefore(eighteenth(plan.subject().dateOfBirth()));
    return (end.isEmpty() || !today.isAfter(end.get()))
        && (child || plan.key().type() == PlanType.UNBORN);
  }

  @Test
  void aRecordIsShownOnTheDaysOnWhichTheCalendarSaysSoAndOnNoOther() {
    for (int i = 0; i < MANY; i++) {
      Plan plan = anyPlan();
      for (LocalDate day = EPOCH; day.isBefore(EPOCH.plusYears(7)); day = day.plusDays(1)) {
        assertThat(plan.visibleOn(day))
            .as("plan %d on %s", i, day)
            .isEqualTo(naivelyVisible(plan, day));
      }
    }
  }

  @Test
  void aRecordIsInForceUntilItsEndOrTheEveOfTheEighteenthBirthday() {
    for (int i = 0; i < MANY; i++) {
      Plan plan = anyPlan();
      for (LocalDate day = EPOCH; day.isBefore(EPOCH.plusYears(7)); day = day.plusDays(1)) {
        assertThat(plan.activeOn(day))
            .as("plan %d on %s", i, day)
            .isEqualTo(naivelyActive(plan, day));
      }
    }
  }

  @Test
  void whatIsShownIsTheSameOnTheDayItIsAskedTwice() {
    for (int i = 0; i < MANY; i++) {
      Plan plan = anyPlan();
      LocalDate today = anyDay();
      Plan shown = plan.shownOn(today);

      assertThat(shown.shownOn(today)).isEqualTo(shown);
      assertThat(shown.activeOn(today)).isEqualTo(plan.activeOn(today));
      assertThat(shown.visibleOn(today)).isEqualTo(plan.visibleOn(today));
      assertThat(shown.lastVisibleDay()).isEqualTo(plan.lastVisibleDay());
    }
  }

  @Test
  void onceARecordIsGoneItStaysGone() {
    for (int i = 0; i < MANY; i++) {
      Plan plan = anyPlan();
      plan.lastVisibleDay()
          .ifPresent(
              last -> {
                assertThat(plan.visibleOn(last)).isTrue();
                assertThat(plan.visibleOn(last.plusDays(1))).isFalse();
                assertThat(plan.visibleOn(last.plusYears(5))).isFalse();
              });
    }
  }

  private Plan anyPlan() {
    PlanType type = PlanType.values()[random.nextInt(PlanType.values().length)];
    Optional<LocalDate> end = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(anyDay());
    return new Plan(
        new PlanKey(new OdsCode("TWH"), new NhsNumber("9990000018"), type),
        new PlanPeriod(EPOCH.minusYears(1), end),
        new Subject("Exampleton", "Siân", anyBirth()),
        Optional.empty(),
        new SubmissionReference(new MessageId(new UUID(0, 1)), 1));
  }

  /** Such that the 18th birthday is between the days looked at; 2004 is a leap year. */
  private LocalDate anyBirth() {
    return random.nextBoolean()
        ? LocalDate.of(2000 + random.nextInt(6), 3, 1).minusDays(random.nextInt(3))
        : LocalDate.of(2000, 1, 1).plusDays(random.nextInt(6 * 365));
  }

  /** Often the turn of February, where the calendar is treacherous. */
  private LocalDate anyDay() {
    return random.nextBoolean()
        ? LocalDate.of(2018 + random.nextInt(6), 3, 1).minusDays(random.nextInt(3))
        : EPOCH.plusDays(random.nextInt(6 * 365));
  }
}
