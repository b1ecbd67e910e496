package uk.cpis.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DemographicNews.Birth;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;

/** What authorities are told when a baby is born to a mother with an unborn plan (rule 15). */
class BirthReportsIT {

  private static final NhsNumber BABY = new NhsNumber("9990000042");
  private static final NhsNumber TWIN = new NhsNumber("9990000050");
  private static final NhsNumber NEW_NUMBER = new NhsNumber("9990000069");
  private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 19);
  private static final Plan UNBORN = plan(TOWER_HAMLETS, MOTHER, PlanType.UNBORN);

  @TempDir Path folder;
  private NewsDesk desk;

  @BeforeEach
  void open() {
    desk = new NewsDesk(folder);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void eachAuthorityWithAnUnbornPlanIsToldOfTheBirthWithTheBabysNumber() {
    Plan hackneys = plan(HACKNEY, MOTHER, PlanType.UNBORN);
    hold(UNBORN, hackneys);

    desk.born(BABY, MOTHER, YESTERDAY);

    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    assertThat(told.news()).isEqualTo(new Birth(BABY));
    assertThat(told.person()).isEqualTo(MOTHER);
    assertThat(told.records()).containsExactly(new NotifiedRecord(UNBORN, true));
    assertThat(only(desk.told(HACKNEY)).records())
        .containsExactly(new NotifiedRecord(hackneys, true));
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).containsExactly("TOLD");
  }

  @Test
  void ofTwinsEachIsToldOfOnItsOwn() {
    hold(UNBORN);

    desk.born(BABY, MOTHER, YESTERDAY);
    desk.born(TWIN, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS))
        .extracting(DemographicNotification::news)
        .containsExactly(new Birth(BABY), new Birth(TWIN));
  }

  @Test
  void theMothersOwnPlanIsNotToldOf() {
    hold(UNBORN, plan(TOWER_HAMLETS, MOTHER, PlanType.CHILD_PROTECTION));
    hold(plan(HACKNEY, MOTHER, PlanType.LOOKED_AFTER));

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(only(desk.told(TOWER_HAMLETS)).records()).hasSize(1);
    assertThat(desk.told(HACKNEY)).isEmpty();
  }

  @Test
  void aBirthToAMotherWithoutAnUnbornPlanIsNoConcernOfTheGateways() {
    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).isEmpty();
  }

  @Test
  void anUnbornPlanThatHasEndedIsToldOfWhileItIsVisibleAndNotADayLonger() {
    hold(
        plan(TOWER_HAMLETS, MOTHER, PlanType.UNBORN, Optional.of(LocalDate.of(2025, 11, 20))),
        plan(HACKNEY, MOTHER, PlanType.UNBORN, Optional.of(LocalDate.of(2025, 11, 19))));

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
    assertThat(desk.told(HACKNEY)).isEmpty();
  }

  @Test
  void anOlderChildWhoseMotherBecomesKnownLateIsNoBirth() {
    hold(UNBORN);

    desk.born(BABY, MOTHER, LocalDate.of(2024, 12, 30));

    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).isEmpty();
  }

  @Test
  void aBabyWhoComesUpTo31DaysBeforeThePlanWasToStartIsToldOf() {
    hold(UNBORN);

    desk.born(BABY, MOTHER, LocalDate.of(2024, 12, 31));

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
  }

  @Test
  void anUnbornPlanUnderTheMothersOldNumberCountsForABirthUnderHerNewOne() {
    hold(UNBORN);
    desk.services().stand(MOTHER, superseded());

    desk.born(BABY, NEW_NUMBER, YESTERDAY);

    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    assertThat(told.person()).isEqualTo(MOTHER);
    assertThat(told.records()).containsExactly(new NotifiedRecord(UNBORN, true));
  }

  @Test
  void anUnbornPlanUnderTheMothersNewNumberCountsForABirthUnderHerOldOne() {
    hold(plan(TOWER_HAMLETS, NEW_NUMBER, PlanType.UNBORN));
    desk.services().stand(MOTHER, superseded());

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(only(desk.told(TOWER_HAMLETS)).person()).isEqualTo(NEW_NUMBER);
  }

  @Test
  void theSameBirthReportedUnderTheMothersOtherNumberIsNotToldAgain() {
    hold(UNBORN);
    desk.services().stand(MOTHER, superseded());
    desk.born(BABY, MOTHER, YESTERDAY);
    hold(plan(TOWER_HAMLETS, NEW_NUMBER, PlanType.UNBORN));

    desk.born(BABY, NEW_NUMBER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
  }

  @Test
  void aBabyWhoTurnsOutToBeAnotherMothersIsToldOfAgain() {
    NhsNumber wrong = new NhsNumber("9990000018");
    hold(UNBORN, plan(TOWER_HAMLETS, wrong, PlanType.UNBORN));
    desk.born(BABY, wrong, YESTERDAY);

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS))
        .extracting(DemographicNotification::person)
        .containsExactly(wrong, MOTHER);
  }

  @Test
  void nothingIsToldOfABirthToAMotherWhoIsSensitive() {
    hold(UNBORN);
    desk.sensitive(MOTHER);
    int before = desk.told(TOWER_HAMLETS).size();

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(before);
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).containsExactly("WITHHELD");
  }

  @Test
  void nothingIsToldUnderAMothersInvalidatedNumber() {
    hold(UNBORN);
    desk.invalidated(MOTHER);
    int before = desk.told(TOWER_HAMLETS).size();

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(before);
  }

  @Test
  void theNumberOfASensitiveBabyIsNotTold() {
    hold(UNBORN);
    desk.sensitive(BABY);

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).containsExactly("WITHHELD");
  }

  @Test
  void theSameBirthAgainTellsNothingEvenAfterTheFirstTellingWasErased() {
    hold(UNBORN);
    desk.born(BABY, MOTHER, YESTERDAY);
    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    desk.services()
        .store()
        .change(
            tx -> {
              tx.settlements()
                  .settle(told.id(), AuthorityAnswer.ACCEPTED, desk.services().clock().instant());
              tx.retention().notifications().erase(told.id(), desk.services().clock().instant());
            });

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).hasSize(1);
  }

  @Test
  void withTheUnbornPlanGoesTheMemoryOfTheBirth() {
    hold(UNBORN);
    desk.born(BABY, MOTHER, YESTERDAY);
    desk.services()
        .store()
        .change(
            tx -> {
              tx.authorities().takeTurn(TOWER_HAMLETS);
              tx.retention().plans().removeRecord(UNBORN.key());
            });
    hold(UNBORN);

    desk.born(BABY, MOTHER, YESTERDAY);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(2);
  }

  @Test
  void theSameBirthFromTwoSidesAtOnceIsToldOnce() {
    hold(UNBORN, plan(HACKNEY, MOTHER, PlanType.UNBORN));
    CyclicBarrier start = new CyclicBarrier(4);

    Stream.of(0, 1, 2, 3)
        .map(side -> CompletableFuture.runAsync(() -> atOnce(start)))
        .toList()
        .forEach(CompletableFuture::join);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
    assertThat(desk.told(HACKNEY)).hasSize(1);
    assertThat(desk.audited(AuditEvent.BIRTH_REPORTED)).hasSize(1);
  }

  private void atOnce(CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    desk.born(BABY, MOTHER, YESTERDAY);
  }

  private static NumberStanding superseded() {
    return new NumberStanding.Superseded(Optional.of(NEW_NUMBER));
  }

  private void hold(Plan... plans) {
    desk.services().hold(plans);
  }

  private static DemographicNotification only(List<DemographicNotification> told) {
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
