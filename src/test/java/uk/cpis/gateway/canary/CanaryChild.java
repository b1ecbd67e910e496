package uk.cpis.gateway.canary;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;

/** The child whose data must be found nowhere, and the words that would be hers alone. */
final class CanaryChild {

  static final NhsNumber NUMBER =
      LongStream.iterate(9_990_437_000L, number -> number + 1)
          .mapToObj(Long::toString)
          .flatMap(digits -> NhsNumber.of(digits).stream())
          .findFirst()
          .orElseThrow();

  static final String DIGITS = NUMBER.digits();
  static final String FAMILY = "Canarybird-Zwettlhub";
  static final String GIVEN = "Quilloñita";
  static final LocalDate BORN = LocalDate.of(2013, 7, 9);
  static final String CASE = "CASE-XQ-774411";

  /** As one text, for wherever a hostile message has room for it. */
  static final String ALL = FAMILY + " " + GIVEN + " " + BORN + " " + DIGITS;

  /** The same where only letters, digits and hyphens may stand. */
  static final String NAME = FAMILY + "-" + DIGITS;

  private CanaryChild() {}

  static DemographicPerson person() {
    return new DemographicPerson(
        NUMBER,
        FAMILY,
        List.of(GIVEN),
        BORN,
        DemographicPerson.Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }

  /** Everything that tells of her, in the spellings that people and programs use. */
  static List<String> secrets() {
    return List.of(
        DIGITS,
        spaced(" "),
        spaced("-"),
        spaced("+"),
        spaced("%20"),
        FAMILY,
        "Canarybird",
        "Zwettlhub",
        GIVEN,
        "Quillo",
        BORN.toString(),
        "20130709",
        "09/07/2013",
        "09-Jul-2013",
        CASE);
  }

  private static String spaced(String by) {
    return DIGITS.substring(0, 3) + by + DIGITS.substring(3, 6) + by + DIGITS.substring(6);
  }
}
