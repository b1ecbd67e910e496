package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Subject;

/** Rule 9: whose details are the same person's. */
class DemographicMatchTest {

  private static final LocalDate BORN = LocalDate.of(2015, 3, 14);

  @ParameterizedTest
  @CsvSource({
    "Testchild, TESTCHILD",
    "Ó Briain, O Briain",
    "Ó Briain, o\u0301 briain",
    "Smith-Jones, Smith Jones",
    "Smith\u2010Jones, SmithJones",
    "Łucjańska, Lucjanska",
    "Østergård, ostergard",
    "Đorđević, Dordevic",
    "Weiß, WEISS",
    "Æther, Aether",
    "Œuvre, Oeuvre",
    "Þórsdóttir, Thorsdottir",
    "Guðmundsson, Gudmundsson",
    "Işık, Isik",
    "Ŵyn, wyn",
    "O’Test, O'Test",
    "Straẞe, STRASSE",
    "Οδός-Άλφα, ΟΔΟΣ ΑΛΦΑ",
    "Smith\u2212Jones, Smith\u00A0Jones",
    "Smith\u200BJones, SMITH-JONES",
    "Ŋala, Nala"
  })
  void familyNamesAreTheSameWithoutCaseAccentsAndHyphens(String sent, String known) {
    assertThat(matches(sent, "Anna", known, "Anna")).isTrue();
    assertThat(matches(known, "Anna", sent, "Anna")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Testchild, Testchilds",
    "O'Test, Otest",
    "Smith-Jones, Jones-Smith",
    "Ng, N",
    "राम, रम",
    "-, —"
  })
  void otherFamilyNamesAreNot(String sent, String known) {
    assertThat(matches(sent, "Anna", known, "Anna")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // all equal
    "Anna Maria, Anna;Maria",
    "Jean-Paul, Jean;Paul",
    "Siân, SIAN",
    // the first equals the first
    "Anna, Anna;Maria",
    "Anna Zofia, Anna;Maria",
    "Anna\u00A0Zofia, Anna;Maria",
    // the first equals any
    "Maria, Anna;Maria",
    "Maria Anna, Anna;Maria"
  })
  void givenNamesMatchByTheFirstWayThatSucceeds(String sent, String known) {
    assertThat(matches("Test", sent, "Test", known)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Zofia Anna, Anna;Maria", "Ann, Anna", "Jean, Jean-Paul", "-, Anna"})
  void otherGivenNamesDoNot(String sent, String known) {
    assertThat(matches("Test", sent, "Test", known)).isFalse();
  }

  @Test
  void aPersonWithoutGivenNamesMatchesNone() {
    assertThat(matches("Test", "Anna", "Test", "")).isFalse();
  }

  @Test
  void anotherDateOfBirthIsAnotherPerson() {
    Subject sent = new Subject("Test", "Anna", BORN.plusDays(1));
    assertThat(DemographicMatch.matches(sent, person("Test", "Anna"))).isFalse();
  }

  private static boolean matches(
      String sentFamily, String sentGiven, String knownFamily, String knownGiven) {
    return DemographicMatch.matches(
        new Subject(sentFamily, sentGiven, BORN), person(knownFamily, knownGiven));
  }

  private static DemographicPerson person(String family, String given) {
    return new DemographicPerson(
        new NhsNumber("9990000018"),
        family,
        List.of(given.split(";")),
        BORN,
        DemographicPerson.Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }
}
