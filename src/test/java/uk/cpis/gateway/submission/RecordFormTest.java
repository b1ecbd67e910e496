package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.testing.Examples;

/** The format of a record: one test for each value that may be missing or wrong. */
class RecordFormTest {

  private static final OdsCode HACKNEY = Examples.HACKNEY;
  private static final SubmissionReference SUBMISSION =
      new SubmissionReference(Examples.newMessageId(), 1);

  @Test
  void readsAGoodRecord() {
    assertThat(RecordForm.faultOfPlan(Sent.good().record())).isEmpty();
    Plan plan = RecordForm.plan(Sent.good().record(), HACKNEY, SUBMISSION);
    assertThat(plan.key().person()).isEqualTo(new NhsNumber("9990000018"));
    assertThat(plan.key().type()).isEqualTo(PlanType.CHILD_PROTECTION);
    assertThat(plan.period().end()).isEmpty();
    assertThat(plan.subject()).isEqualTo(Examples.LUCJA);
    assertThat(plan.localIdentifier()).contains("case-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "9990000019", "999000001", "999 000 0018", " 9990000018", "９９９００００018"})
  void aMissingOrWrongNumberIsCpr04(String number) {
    assertThat(RecordForm.faultOfPlan(Sent.good().withNumber(number).record()))
        .contains(RecordOutcome.refused(Optional.of("case-1"), RecordCode.CPR04));
    assertThat(RecordForm.faultOfKey(Sent.good().withNumber(number).record())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "cpp", "CPPX"})
  void anUnknownTypeOfPlanIsRefused(String type) {
    assertThat(fault(Sent.good().withType(type))).contains(DetailCode.PLAN_TYPE_UNKNOWN);
  }

  @Test
  void theStartAndThePersonMustBeThere() {
    assertThat(fault(Sent.good().withStart(""))).contains(DetailCode.START_DATE_MISSING);
    assertThat(fault(Sent.good().withFamily(" "))).contains(DetailCode.FAMILY_NAME_MISSING);
    assertThat(fault(Sent.good().withGiven(""))).contains(DetailCode.GIVEN_NAME_MISSING);
    assertThat(fault(Sent.good().withBorn(""))).contains(DetailCode.DATE_OF_BIRTH_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"31.01.2025", "2025-02-29", "2025-1-1", "0000-01-01", "2025-01-31T00:00:00", "x"})
  void aDateThatIsNoDayIsRefusedWhereverItStands(String date) {
    assertThat(fault(Sent.good().withStart(date))).contains(DetailCode.DATE_NOT_READABLE);
    assertThat(fault(Sent.good().withEnd(date))).contains(DetailCode.DATE_NOT_READABLE);
    assertThat(fault(Sent.good().withBorn(date))).contains(DetailCode.DATE_NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-01-31", "2025-01-31Z", "2025-01-31+01:00", " 2025-01-31 "})
  void aZoneOnADateIsIgnored(String date) {
    Plan plan = RecordForm.plan(Sent.good().withEnd(date).record(), HACKNEY, SUBMISSION);
    assertThat(plan.period().end()).contains(LocalDate.of(2025, 1, 31));
  }

  @Test
  void aValueThatDoesNotFitIsRefused() {
    assertThat(fault(Sent.good().withFamily("n".repeat(200)))).isEmpty();
    assertThat(fault(Sent.good().withFamily("n".repeat(201)))).contains(DetailCode.VALUE_TOO_LONG);
    assertThat(fault(Sent.good().withGiven("n".repeat(201)))).contains(DetailCode.VALUE_TOO_LONG);
    assertThat(fault(Sent.good().withLocalIdentifier("n".repeat(201))))
        .contains(DetailCode.VALUE_TOO_LONG);
  }

  @Test
  void theNumberIsCheckedBeforeAllElse() {
    assertThat(RecordForm.faultOfPlan(Sent.good().withNumber("1").withType("").record()))
        .map(RecordOutcome::code)
        .contains(RecordCode.CPR04);
  }

  @Test
  void aDeletionNeedsNumberAndTypeOnly() {
    Sent key = Sent.good().withStart("").withFamily("").withGiven("").withBorn("x");
    assertThat(RecordForm.faultOfKey(key.record())).isEmpty();
    assertThat(RecordForm.faultOfKey(key.withType("").record()))
        .contains(RecordOutcome.refused(Optional.of("case-1"), DetailCode.PLAN_TYPE_UNKNOWN));
  }

  private static Optional<DetailCode> fault(Sent sent) {
    return RecordForm.faultOfPlan(sent.record()).flatMap(RecordOutcome::detail);
  }
}
