package uk.cpis.gateway.submission;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.SubmittedRecord;

/**
 * The first check of rule 9, the format of each value, in the order of the lists below. A blank
 * value is a missing one; the NHS number is taken only as it must be on the wire (rules 1 and 16).
 */
final class RecordForm {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_IDENTIFIER = 100;

  /** An xs:date of a year with four digits; a zone, which some toolkits add, is ignored. */
  private static final Pattern DATE =
      Pattern.compile("([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?");

  private static final List<Check> OF_KEY =
      List.of(
          new Check(record -> number(record).isPresent(), RecordForm::badNumber),
          check(record -> type(record).isPresent(), DetailCode.PLAN_TYPE_UNKNOWN));

  private static final List<Check> OF_PLAN =
      List.of(
          check(record -> given(record.startDate()), DetailCode.START_DATE_MISSING),
          check(record -> readable(record.startDate()), DetailCode.DATE_NOT_READABLE),
          check(record -> readable(record.endDate()), DetailCode.DATE_NOT_READABLE),
          check(record -> given(record.familyName()), DetailCode.FAMILY_NAME_MISSING),
          check(record -> given(record.givenName()), DetailCode.GIVEN_NAME_MISSING),
          check(record -> given(record.dateOfBirth()), DetailCode.DATE_OF_BIRTH_MISSING),
          check(record -> readable(record.dateOfBirth()), DetailCode.DATE_NOT_READABLE),
          check(RecordForm::shortEnough, DetailCode.VALUE_TOO_LONG));

  private RecordForm() {}

  /** One check, and the outcome where it fails. */
  private record Check(
      Predicate<SubmittedRecord> good, Function<SubmittedRecord, RecordOutcome> refusal) {}

  private static Check check(Predicate<SubmittedRecord> good, DetailCode detail) {
    return new Check(good, record -> RecordOutcome.refused(identifier(record), detail));
  }

  private static RecordOutcome badNumber(SubmittedRecord record) {
    return RecordOutcome.refused(identifier(record), RecordCode.CPR04);
  }

  /** The authority's own identifier, to be echoed; one that is too long is not. */
  static Optional<String> identifier(SubmittedRecord record) {
    return record.localIdentifier().filter(text -> text.length() <= LONGEST_IDENTIFIER);
  }

  /** What is wrong with a record of an update, if anything. */
  static Optional<RecordOutcome> faultOfPlan(SubmittedRecord record) {
    return firstFault(Stream.concat(OF_KEY.stream(), OF_PLAN.stream()), record);
  }

  /** What is wrong with a record of a deletion, if anything. */
  static Optional<RecordOutcome> faultOfKey(SubmittedRecord record) {
    return firstFault(OF_KEY.stream(), record);
  }

  private static Optional<RecordOutcome> firstFault(Stream<Check> checks, SubmittedRecord record) {
    return checks
        .filter(check -> !check.good().test(record))
        .map(check -> check.refusal().apply(record))
        .findFirst();
  }

  /** The plan that a record without fault states. */
  static Plan plan(SubmittedRecord record, OdsCode authority, SubmissionReference submission) {
    return new Plan(
        key(record, authority),
        new PlanPeriod(date(record.startDate()).orElseThrow(), date(record.endDate())),
        new Subject(
            value(record.familyName()).orElseThrow(),
            value(record.givenName()).orElseThrow(),
            date(record.dateOfBirth()).orElseThrow()),
        record.localIdentifier(),
        submission);
  }

  /** The key that a record without fault states. */
  static PlanKey key(SubmittedRecord record, OdsCode authority) {
    return new PlanKey(authority, number(record).orElseThrow(), type(record).orElseThrow());
  }

  private static Optional<NhsNumber> number(SubmittedRecord record) {
    return record.nhsNumber().flatMap(NhsNumber::of);
  }

  private static Optional<PlanType> type(SubmittedRecord record) {
    return value(record.planType()).flatMap(PlanType::ofCode);
  }

  private static boolean given(Optional<String> text) {
    return value(text).isPresent();
  }

  private static boolean readable(Optional<String> text) {
    return !given(text) || date(text).isPresent();
  }

  private static boolean shortEnough(SubmittedRecord record) {
    return identifier(record).equals(record.localIdentifier())
        && Stream.of(record.familyName(), record.givenName())
            .flatMap(Optional::stream)
            .allMatch(text -> text.length() <= LONGEST_NAME);
  }

  private static Optional<String> value(Optional<String> text) {
    return text.map(String::strip).filter(stripped -> !stripped.isEmpty());
  }

  private static Optional<LocalDate> date(Optional<String> text) {
    return value(text)
        .map(DATE::matcher)
        .filter(Matcher::matches)
        .flatMap(matcher -> day(matcher.group(1)));
  }

  private static Optional<LocalDate> day(String digits) {
    try {
      return Optional.of(LocalDate.parse(digits));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
