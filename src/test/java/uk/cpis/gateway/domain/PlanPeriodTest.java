package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The 12 months for which an ended plan is still shown (rule 6). */
class PlanPeriodTest {

  private static final LocalDate START = LocalDate.of(2017, 5, 1);

  @Test
  void aPlanWithoutAnEndIsVisibleForAsLongAsNoneArrives() {
    PlanPeriod open = new PlanPeriod(START, Optional.empty());

    assertThat(open.visibleOn(LocalDate.of(2049, 1, 1))).isTrue();
    assertThat(open.activeOn(LocalDate.of(2049, 1, 1))).isTrue();
  }

  @Test
  void anEndedPlanIsVisibleUntilTwelveMonthsAfterItsEndThatDayIncluded() {
    PlanPeriod ended = endedOn(LocalDate.of(2018, 2, 28));

    assertThat(ended.visibleOn(LocalDate.of(2019, 2, 28))).isTrue();
    assertThat(ended.visibleOn(LocalDate.of(2019, 3, 1))).isFalse();
  }

  @Test
  void anEndOnTheLeapDayIsVisibleUntilTheLastOfFebruary() {
    PlanPeriod ended = endedOn(LocalDate.of(2020, 2, 29));

    assertThat(ended.visibleOn(LocalDate.of(2021, 2, 28))).isTrue();
    assertThat(ended.visibleOn(LocalDate.of(2021, 3, 1))).isFalse();
  }

  @Test
  void theDayOfTheEndIsStillActive() {
    PlanPeriod ended = endedOn(LocalDate.of(2018, 6, 30));

    assertThat(ended.activeOn(LocalDate.of(2018, 6, 30))).isTrue();
    assertThat(ended.activeOn(LocalDate.of(2018, 7, 1))).isFalse();
  }

  private static PlanPeriod endedOn(LocalDate end) {
    return new PlanPeriod(START, Optional.of(end));
  }
}
