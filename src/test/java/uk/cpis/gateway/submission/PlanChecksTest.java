package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.store.StoredPlan;
import uk.cpis.gateway.testing.Examples;

/** Rules 9 to 13, record by record. */
class PlanChecksTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final NhsNumber NEW_NUMBER = new NhsNumber("9990000026");
  private static final LookUp LUCJA = new LookUp.Found(Examples.current(Examples.CHILD));

  @Test
  void loadsARecordWhoseDetailsMatch() {
    assertThat(outcome(Sent.good(), LUCJA)).isEqualTo(RecordOutcome.loaded(Optional.of("case-1")));
  }

  @Test
  void answersWhatDemographicsSay() {
    assertThat(outcome(Sent.good(), new LookUp.NotFound()).code()).isEqualTo(RecordCode.CPR01);
    assertThat(outcome(Sent.good(), new LookUp.Sensitive()).code()).isEqualTo(RecordCode.CPR02);
    assertThat(outcome(Sent.good().withFamily("Other"), LUCJA).code()).isEqualTo(RecordCode.CPR03);
  }

  @Test
  void aSupersededNumberIsAnsweredWithTheNewOneWhereThereIsOne() {
    assertThat(outcome(Sent.good(), new LookUp.Superseded(Optional.of(NEW_NUMBER))))
        .isEqualTo(RecordOutcome.superseded(Optional.of("case-1"), Optional.of(NEW_NUMBER)));
    assertThat(outcome(Sent.good(), new LookUp.Superseded(Optional.empty())).replacement())
        .isEmpty();
  }

  @Test
  void anInvalidatedNumberIsAnsweredWithoutAnyLink() {
    RecordOutcome outcome = outcome(Sent.good(), new LookUp.Invalidated());
    assertThat(outcome.detail()).contains(DetailCode.NUMBER_INVALIDATED);
    assertThat(outcome.replacement()).isEmpty();
  }

  @Test
  void demographicsAreCheckedBeforeTheBusinessRules() {
    assertThat(outcome(Sent.good().withStart("2099-01-01"), new LookUp.Sensitive()).code())
        .isEqualTo(RecordCode.CPR02);
  }

  @Test
  void aPlanMayStart31DaysAheadButNoMore() {
    assertThat(detail(Sent.good().withStart("2026-12-21"))).isEmpty();
    assertThat(detail(Sent.good().withStart("2026-12-22")))
        .contains(DetailCode.START_TOO_FAR_AHEAD);
  }

  @Test
  void aPlanMayEndOnTheDayItStartedButNotBefore() {
    assertThat(detail(Sent.good().withStart("2026-11-01").withEnd("2026-11-01"))).isEmpty();
    assertThat(detail(Sent.good().withStart("2026-11-02").withEnd("2026-11-01")))
        .contains(DetailCode.END_BEFORE_START);
  }

  @Test
  void aPlanMayEndTomorrowButNotLater() {
    assertThat(detail(Sent.good().withEnd("2026-11-21"))).isEmpty();
    assertThat(detail(Sent.good().withEnd("2026-11-22"))).contains(DetailCode.END_TOO_FAR_AHEAD);
  }

  @Test
  void aPlanMayHaveEndedTwelveMonthsAgoButNotEarlier() {
    assertThat(detail(Sent.good().withEnd("2025-11-20"))).isEmpty();
    assertThat(detail(Sent.good().withEnd("2025-11-19"))).contains(DetailCode.END_TOO_LONG_AGO);
  }

  @Test
  void anAdultHasNoPlanOfHerOwnButMayCarryAnUnbornChilds() {
    LookUp adult =
        new LookUp.Found(
            new DemographicPerson(
                Examples.CHILD,
                "Ó Briain",
                List.of("Łucja"),
                LocalDate.of(2008, 11, 20),
                DemographicPerson.Status.CURRENT,
                Optional.empty(),
                Optional.empty()));
    Sent born = Sent.good().withBorn("2008-11-20");
    assertThat(outcome(born, adult).detail()).contains(DetailCode.PERSON_IS_ADULT);
    assertThat(outcome(born.withType("LAC"), adult).detail()).contains(DetailCode.PERSON_IS_ADULT);
    assertThat(outcome(born.withType("UCP"), adult).code()).isEqualTo(RecordCode.CPR06);
  }

  @Test
  void endingARecordThatIsHeldNeverConsultsDemographics() {
    Plan held = plan(Sent.good(), 5);
    Plan ending = plan(Sent.good().withEnd("2026-11-01"), 6);

    Standing standing = Standing.of(ending, stored(held), TODAY);

    assertThat(standing).isEqualTo(Standing.ENDING);
    assertThat(PlanChecks.outcome(ending, standing, Map.of(), TODAY).code())
        .isEqualTo(RecordCode.CPR06);
  }

  @Test
  void anEndIsHeldToTheCalendarAllTheSame() {
    Plan ending = plan(Sent.good().withEnd("2024-01-01"), 6);
    assertThat(PlanChecks.outcome(ending, Standing.ENDING, Map.of(), TODAY).detail())
        .contains(DetailCode.END_BEFORE_START);
  }

  @Test
  void withdrawingAnEndOrChangingARecordIsCheckedAgain() {
    Optional<StoredPlan> ended = stored(plan(Sent.good().withEnd("2026-11-01"), 5));
    assertThat(Standing.of(plan(Sent.good(), 6), ended, TODAY)).isEqualTo(Standing.NEW);
    assertThat(Standing.of(plan(Sent.good().withEnd("2026-11-02"), 6), ended, TODAY))
        .isEqualTo(Standing.ENDING);
  }

  @Test
  void aRecordPastItsTwelveMonthsCountsAsNoneHeld() {
    Optional<StoredPlan> gone = stored(plan(Sent.good().withEnd("2025-11-19"), 5));
    assertThat(Standing.of(plan(Sent.good().withEnd("2026-11-01"), 6), gone, TODAY))
        .isEqualTo(Standing.NEW);
  }

  @Test
  void theSameAgainChangesNothingHoweverOld() {
    Optional<StoredPlan> held = stored(plan(Sent.good(), 5));
    assertThat(Standing.of(plan(Sent.good(), 6), held, TODAY)).isEqualTo(Standing.UNCHANGED);
    assertThat(Standing.of(plan(Sent.good(), 4), held, TODAY)).isEqualTo(Standing.UNCHANGED);
    assertThat(Standing.of(plan(Sent.good().withLocalIdentifier("case-2"), 6), held, TODAY))
        .isEqualTo(Standing.NEW);
  }

  @Test
  void anOlderNumberNeverOverwritesNorBringsBackWhatWasDeleted() {
    Plan held = plan(Sent.good(), 5);
    Plan older = plan(Sent.good().withStart("2025-02-01"), 4);
    assertThat(Standing.of(older, stored(held), TODAY)).isEqualTo(Standing.OUTDATED);
    assertThat(
            Standing.of(
                older,
                Optional.of(new StoredPlan(Optional.empty(), held.submission(), false)),
                TODAY))
        .isEqualTo(Standing.OUTDATED);
    assertThat(PlanChecks.outcome(older, Standing.OUTDATED, Map.of(), TODAY).detail())
        .contains(DetailCode.NEWER_SUBMISSION_APPLIED);
  }

  private static Optional<DetailCode> detail(Sent sent) {
    return outcome(sent, LUCJA).detail();
  }

  private static RecordOutcome outcome(Sent sent, LookUp lookUp) {
    Plan plan = plan(sent, 1);
    return PlanChecks.outcome(plan, Standing.NEW, Map.of(plan.key().person(), lookUp), TODAY);
  }

  private static Plan plan(Sent sent, long sequence) {
    return RecordForm.plan(
        sent.record(),
        Examples.HACKNEY,
        new SubmissionReference(Examples.newMessageId(), sequence));
  }

  private static Optional<StoredPlan> stored(Plan plan) {
    return Optional.of(new StoredPlan(Optional.of(plan), plan.submission(), false));
  }
}
