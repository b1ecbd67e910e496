package uk.cpis.gateway.simulator;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * Makes up people one after the other, with NHS numbers that are never issued: those from 999 000
 * 0000 on whose check digit is good, in order.
 */
final class SyntheticPeople {
  private static final int DAYS_OF_A_CHILDHOOD = 18 * 365;
  private static final int YOUNGEST_IN_DAYS = 14;
  private static final int YOUNGEST_MOTHER_IN_YEARS = 16;
  private static final int YEARS_OF_MOTHERHOOD = 25;

  private final Random random;
  private final LocalDate today;
  private final SyntheticNames names;
  private long candidate = 9_990_000_000L;

  SyntheticPeople(Random random, LocalDate today) {
    this.random = random;
    this.today = today;
    this.names = new SyntheticNames(random);
  }

  DemographicPerson named(String familyName, List<String> givenNames, LocalDate dateOfBirth) {
    return person(familyName, givenNames, dateOfBirth, Status.CURRENT, Optional.empty());
  }

  DemographicPerson child() {
    return named(names.family(), names.given(), childsBirthday());
  }

  DemographicPerson mother() {
    int age = YOUNGEST_MOTHER_IN_YEARS + random.nextInt(YEARS_OF_MOTHERHOOD);
    LocalDate birthday = today.minusYears(age).minusDays(1 + random.nextInt(360));
    return named(names.family(), names.given(), birthday);
  }

  /**
   * Four children whose numbers have a story, for tests by hand: sensitive, current, superseded by
   * the one before, and invalidated.
   */
  List<DemographicPerson> unusual() {
    DemographicPerson sensitive = unusual(Status.SENSITIVE, Optional.empty());
    DemographicPerson current = child();
    DemographicPerson superseded = unusual(Status.SUPERSEDED, Optional.of(current.number()));
    DemographicPerson invalidated = unusual(Status.INVALIDATED, Optional.empty());
    return List.of(sensitive, current, superseded, invalidated);
  }

  private DemographicPerson unusual(Status status, Optional<NhsNumber> replacement) {
    return person(names.family(), names.given(), childsBirthday(), status, replacement);
  }

  private DemographicPerson person(
      String familyName,
      List<String> givenNames,
      LocalDate dateOfBirth,
      Status status,
      Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        number(), familyName, givenNames, dateOfBirth, status, replacement, Optional.empty());
  }

  private LocalDate childsBirthday() {
    int age = YOUNGEST_IN_DAYS + random.nextInt(DAYS_OF_A_CHILDHOOD - YOUNGEST_IN_DAYS);
    return today.minusDays(age);
  }

  /** The next number in the range for tests with a good check digit. */
  private NhsNumber number() {
    while (!NhsNumber.checksOut(Long.toString(candidate))) {
      candidate++;
    }
    return new NhsNumber(Long.toString(candidate++));
  }
}
