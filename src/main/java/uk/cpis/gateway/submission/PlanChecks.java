package uk.cpis.gateway.submission;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import uk.cpis.gateway.demographics.DemographicMatch;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;

/** What becomes of a well-formed record of an update: the checks of rule 9 after the format. */
final class PlanChecks {

  private static final int DAYS_A_START_MAY_BE_AHEAD = 31;
  private static final int DAYS_AN_END_MAY_BE_AHEAD = 1;

  private PlanChecks() {}

  /** The outcome, of what demographics said and what the calendar says today. */
  static RecordOutcome outcome(
      Plan sent, Standing standing, Map<NhsNumber, LookUp> known, LocalDate today) {
    return switch (standing) {
      case UNCHANGED -> RecordOutcome.loaded(sent.localIdentifier());
      case OUTDATED -> refused(sent, DetailCode.NEWER_SUBMISSION_APPLIED);
      case ENDING -> byDates(sent, today).orElse(RecordOutcome.loaded(sent.localIdentifier()));
      case NEW ->
          byDemographics(sent, known)
              .or(() -> byDates(sent, today))
              .or(() -> byAge(sent, today))
              .orElse(RecordOutcome.loaded(sent.localIdentifier()));
    };
  }

  private static Optional<RecordOutcome> byDemographics(Plan sent, Map<NhsNumber, LookUp> known) {
    LookUp lookUp = known.get(sent.key().person());
    if (lookUp instanceof LookUp.NotFound) {
      return Optional.of(refused(sent, RecordCode.CPR01));
    }
    if (lookUp instanceof LookUp.Sensitive) {
      return Optional.of(refused(sent, RecordCode.CPR02));
    }
    if (lookUp instanceof LookUp.Superseded superseded) {
      return Optional.of(
          RecordOutcome.superseded(sent.localIdentifier(), superseded.replacement()));
    }
    if (lookUp instanceof LookUp.Invalidated) {
      return Optional.of(refused(sent, DetailCode.NUMBER_INVALIDATED));
    }
    if (lookUp instanceof LookUp.Found found) {
      return DemographicMatch.matches(sent.subject(), found.person())
          ? Optional.empty()
          : Optional.of(refused(sent, RecordCode.CPR03));
    }
    if (lookUp instanceof LookUp.Incomplete) {
      return Optional.of(refused(sent, RecordCode.CPR03));
    }
    throw new IllegalStateException("a record to be checked was not looked up");
  }

  /** Rule 11: how far ahead a plan may start, and when it may have ended. */
  private static Optional<RecordOutcome> byDates(Plan sent, LocalDate today) {
    PlanPeriod period = sent.period();
    if (period.start().isAfter(today.plusDays(DAYS_A_START_MAY_BE_AHEAD))) {
      return Optional.of(refused(sent, DetailCode.START_TOO_FAR_AHEAD));
    }
    return period.end().flatMap(end -> byEnd(sent, end, today));
  }

  private static Optional<RecordOutcome> byEnd(Plan sent, LocalDate end, LocalDate today) {
    if (end.isBefore(sent.period().start())) {
      return Optional.of(refused(sent, DetailCode.END_BEFORE_START));
    }
    if (end.isAfter(today.plusDays(DAYS_AN_END_MAY_BE_AHEAD))) {
      return Optional.of(refused(sent, DetailCode.END_TOO_FAR_AHEAD));
    }
    return sent.period().visibleOn(today)
        ? Optional.empty()
        : Optional.of(refused(sent, DetailCode.END_TOO_LONG_AGO));
  }

  /** Rule 13: an adult has no plan of her own, but an unborn child's plan is the mother's. */
  private static Optional<RecordOutcome> byAge(Plan sent, LocalDate today) {
    return sent.key().type() != PlanType.UNBORN && sent.subject().adultOn(today)
        ? Optional.of(refused(sent, DetailCode.PERSON_IS_ADULT))
        : Optional.empty();
  }

  private static RecordOutcome refused(Plan sent, RecordCode code) {
    return RecordOutcome.refused(sent.localIdentifier(), code);
  }

  private static RecordOutcome refused(Plan sent, DetailCode detail) {
    return RecordOutcome.refused(sent.localIdentifier(), detail);
  }
}
