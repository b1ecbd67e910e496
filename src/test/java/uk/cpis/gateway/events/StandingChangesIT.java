package uk.cpis.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicNews.InactiveNumber;
import uk.cpis.gateway.domain.DemographicNews.Withdrawal;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;

/** What authorities are told when an NHS number stands otherwise (rules 14 and 19). */
class StandingChangesIT {

  private static final NhsNumber OLD = new NhsNumber("9990000018");
  private static final NhsNumber NEW = new NhsNumber("9990000026");
  private static final NhsNumber NEWEST = new NhsNumber("9990000042");
  private static final Plan UNDER_OLD = plan(TOWER_HAMLETS, OLD, PlanType.LOOKED_AFTER);
  private static final Plan UNDER_NEW = plan(HACKNEY, NEW, PlanType.CHILD_PROTECTION);

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
  void anAuthorityWithRecordsUnderASupersededNumberIsToldTheNewOne() {
    hold(UNDER_OLD, UNDER_NEW);

    desk.superseded(OLD, NEW);

    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    assertThat(told.news()).isEqualTo(new InactiveNumber(Optional.of(NEW)));
    assertThat(told.person()).isEqualTo(OLD);
    assertThat(told.records()).containsExactly(new NotifiedRecord(UNDER_OLD, true));
    assertThat(told.madeAt()).isEqualTo(desk.services().clock().instant());
    assertThat(desk.told(HACKNEY)).isEmpty();
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).containsExactly("SUPERSEDED");
  }

  @Test
  void everyAuthorityOfTheOldNumberIsToldOnceOfAllItsRecordsThereEndedOnesIncluded() {
    Plan ended =
        plan(
            TOWER_HAMLETS, OLD, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2025, 11, 20)));
    Plan hackneys = plan(HACKNEY, OLD, PlanType.LOOKED_AFTER);
    hold(UNDER_OLD, ended, hackneys);

    desk.superseded(OLD, NEW);

    assertThat(only(desk.told(TOWER_HAMLETS)).records())
        .containsExactly(new NotifiedRecord(ended, false), new NotifiedRecord(UNDER_OLD, true));
    assertThat(only(desk.told(HACKNEY)).records())
        .containsExactly(new NotifiedRecord(hackneys, true));
  }

  @Test
  void nobodyIsToldOfARecordThatIsNotVisibleAnyMore() {
    hold(plan(TOWER_HAMLETS, OLD, PlanType.LOOKED_AFTER, Optional.of(LocalDate.of(2025, 11, 19))));

    desk.superseded(OLD, NEW);

    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
  }

  @Test
  void aNumberSupersededWithoutAReplacementIsToldAsInactiveWithoutOne() {
    hold(UNDER_OLD);

    desk.stands(OLD, new NumberStanding.Superseded(Optional.empty()));

    assertThat(only(desk.told(TOWER_HAMLETS)).news())
        .isEqualTo(new InactiveNumber(Optional.empty()));
  }

  @Test
  void aReplacementThatBecomesKnownLaterIsTold() {
    hold(UNDER_OLD);
    desk.stands(OLD, new NumberStanding.Superseded(Optional.empty()));

    desk.superseded(OLD, NEW);

    assertThat(desk.told(TOWER_HAMLETS))
        .extracting(DemographicNotification::news)
        .containsExactly(
            new InactiveNumber(Optional.empty()), new InactiveNumber(Optional.of(NEW)));
  }

  @Test
  void afterAnAdoptionTheAuthorityLearnsThatTheNumberIsInactiveAndNoOther() {
    hold(UNDER_OLD);

    desk.invalidated(OLD);

    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    assertThat(told.news()).isEqualTo(new InactiveNumber(Optional.empty()));
    assertThat(told.records()).containsExactly(new NotifiedRecord(UNDER_OLD, true));
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).containsExactly("INVALIDATED");
  }

  @Test
  void noLinkFromAnAdoptedChildToTheNewIdentityIsEverKeptOrTold() {
    hold(UNDER_OLD, UNDER_NEW);
    desk.invalidated(OLD);

    desk.superseded(OLD, NEW);

    assertThat(only(desk.told(TOWER_HAMLETS)).news())
        .isEqualTo(new InactiveNumber(Optional.empty()));
    assertThat(standing(OLD)).isEqualTo(new NumberStanding.Invalidated());
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).containsExactly("INVALIDATED");
  }

  @Test
  void theAuthoritiesOfTheNewNumberAreNotToldWhenTheOldOneIsInvalidated() {
    hold(UNDER_OLD, UNDER_NEW);
    desk.superseded(OLD, NEW);

    desk.invalidated(OLD);

    assertThat(desk.told(HACKNEY)).isEmpty();
  }

  @Test
  void recordsUnderAMergedNumberAreInactiveTooWhenTheNewOneIsInvalidated() {
    hold(UNDER_OLD, UNDER_NEW);
    desk.superseded(OLD, NEW);

    desk.invalidated(NEW);

    assertThat(desk.told(TOWER_HAMLETS))
        .extracting(DemographicNotification::news)
        .containsExactly(
            new InactiveNumber(Optional.of(NEW)), new InactiveNumber(Optional.empty()));
    assertThat(only(desk.told(HACKNEY)).news()).isEqualTo(new InactiveNumber(Optional.empty()));
  }

  @Test
  void theRecordsOfAPersonWhoBecomesSensitiveAreWithdrawnAndTheAuthorityIsToldSo() {
    hold(UNDER_OLD);

    desk.sensitive(OLD);

    DemographicNotification told = only(desk.told(TOWER_HAMLETS));
    assertThat(told.news()).isEqualTo(new Withdrawal());
    assertThat(told.records()).containsExactly(new NotifiedRecord(UNDER_OLD, true));
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).containsExactly("SENSITIVE");
  }

  @Test
  void recordsUnderEveryNumberOfASensitivePersonAreWithdrawn() {
    Plan hackneysToo = plan(HACKNEY, OLD, PlanType.LOOKED_AFTER);
    hold(UNDER_OLD, UNDER_NEW, hackneysToo);
    desk.superseded(OLD, NEW);
    int before = desk.told(HACKNEY).size();

    desk.sensitive(NEW);

    assertThat(desk.told(TOWER_HAMLETS).get(1).news()).isEqualTo(new Withdrawal());
    List<DemographicNotification> hackneys = desk.told(HACKNEY);
    assertThat(hackneys).hasSize(before + 1);
    DemographicNotification withdrawal = hackneys.get(before);
    assertThat(withdrawal.news()).isEqualTo(new Withdrawal());
    assertThat(withdrawal.person()).isEqualTo(NEW);
    assertThat(withdrawal.records())
        .extracting(NotifiedRecord::plan)
        .containsExactly(UNDER_NEW, hackneysToo);
  }

  @Test
  void aNumberMergedIntoThatOfASensitivePersonIsWithdrawnAndHerNumberIsNotTold() {
    hold(UNDER_OLD);
    desk.sensitive(NEW);

    desk.superseded(OLD, NEW);

    assertThat(only(desk.told(TOWER_HAMLETS)).news()).isEqualTo(new Withdrawal());
  }

  @Test
  void aNumberMergedIntoAnInvalidatedOneIsInactiveAndThatOneIsNotTold() {
    hold(UNDER_OLD);
    desk.invalidated(NEW);

    desk.superseded(OLD, NEW);

    assertThat(only(desk.told(TOWER_HAMLETS)).news())
        .isEqualTo(new InactiveNumber(Optional.empty()));
  }

  @Test
  void thoseOfTheNewNumberAreToldWhenTheMergeMakesThePersonSensitive() {
    Plan oldest = plan(TOWER_HAMLETS, NEWEST, PlanType.LOOKED_AFTER);
    hold(oldest, UNDER_NEW);
    desk.superseded(NEWEST, OLD);
    desk.sensitive(NEWEST);
    int before = desk.told(HACKNEY).size();

    desk.superseded(OLD, NEW);

    assertThat(desk.told(HACKNEY)).hasSize(before + 1);
    assertThat(desk.told(HACKNEY).get(before).news()).isEqualTo(new Withdrawal());
  }

  @Test
  void nothingMoreIsToldOfAPersonWhoIsWithheldAlready() {
    hold(UNDER_OLD);
    desk.sensitive(OLD);

    desk.invalidated(OLD);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED))
        .containsExactly("SENSITIVE", "INVALIDATED");
  }

  @Test
  void aPersonNoLongerSensitiveIsShownAgainAndNothingIsTold() {
    hold(UNDER_OLD);
    desk.sensitive(OLD);

    desk.current(OLD);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
    assertThat(standing(OLD)).isEqualTo(new NumberStanding.Current());
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED))
        .containsExactly("SENSITIVE", "CURRENT");
  }

  @Test
  void aPersonWhoIsSensitiveOnceMoreIsWithdrawnOnceMore() {
    hold(UNDER_OLD);
    desk.sensitive(OLD);
    desk.current(OLD);

    desk.sensitive(OLD);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(2);
  }

  @Test
  void newsAboutANumberNobodyHoldsRecordsOfAreKeptAndAuditedOnly() {
    desk.superseded(OLD, NEW);

    assertThat(standing(OLD)).isEqualTo(new NumberStanding.Superseded(Optional.of(NEW)));
    assertThat(desk.told(TOWER_HAMLETS)).isEmpty();
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).containsExactly("SUPERSEDED");
  }

  @Test
  void theAuditSaysOfWhomAndWhen() {
    desk.sensitive(OLD);

    desk.audited(AuditEvent.NUMBER_STANDING_CHANGED);
    AuditEntry entry =
        desk.services().entries(AuditEvent.NUMBER_STANDING_CHANGED).stream()
            .findFirst()
            .orElseThrow();
    assertThat(entry.person()).contains(OLD);
    assertThat(entry.at()).isEqualTo(desk.services().clock().instant());
  }

  @Test
  void theSameNewsAgainChangeAndTellNothing() {
    hold(UNDER_OLD);
    desk.superseded(OLD, NEW);

    desk.superseded(OLD, NEW);
    desk.current(NEW);

    assertThat(desk.told(TOWER_HAMLETS)).hasSize(1);
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).hasSize(1);
  }

  @Test
  void theSameNewsFromTwoSidesAtOnceAreToldOnce() {
    for (int round = 0; round < 10; round++) {
      NhsNumber number = number(round);
      hold(plan(TOWER_HAMLETS, number, PlanType.LOOKED_AFTER));
      CyclicBarrier start = new CyclicBarrier(2);

      Stream.of(0, 1)
          .map(side -> CompletableFuture.runAsync(() -> atOnce(start, number)))
          .toList()
          .forEach(CompletableFuture::join);

      assertThat(desk.told(TOWER_HAMLETS)).hasSize(round + 1);
    }
    assertThat(desk.audited(AuditEvent.NUMBER_STANDING_CHANGED)).hasSize(10);
  }

  private void atOnce(CyclicBarrier start, NhsNumber number) {
    try {
      start.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    desk.comes(new DemographicEvent.StandingChanged(number, new NumberStanding.Sensitive()));
  }

  /** Synthetic numbers with a good check digit, beyond those of the others. */
  private static NhsNumber number(int index) {
    return IntStream.iterate(0, next -> next + 1)
        .mapToObj(next -> "999001%04d".formatted(next))
        .flatMap(digits -> NhsNumber.of(digits).stream())
        .skip(index)
        .findFirst()
        .orElseThrow();
  }

  private void hold(Plan... plans) {
    desk.services().hold(plans);
  }

  private NumberStanding standing(NhsNumber number) {
    return desk.services().store().read(tx -> tx.standings().of(number));
  }

  private static DemographicNotification only(List<DemographicNotification> told) {
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
