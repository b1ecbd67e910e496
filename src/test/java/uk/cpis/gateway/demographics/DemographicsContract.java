package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;

/** What every place where NHS numbers are looked up must answer (rules 9, 14, 17 and 19). */
abstract class DemographicsContract {

  static final NhsNumber LUCJA = new NhsNumber("9990000018");
  static final NhsNumber OLD = new NhsNumber("9990000026");
  static final NhsNumber ADOPTED = new NhsNumber("9990000034");
  static final NhsNumber HIDDEN = new NhsNumber("9990000042");
  static final NhsNumber NOBODY = new NhsNumber("9990000050");
  static final NhsNumber OLDER = new NhsNumber("9990000069");
  static final LocalDate BORN = LocalDate.of(2015, 3, 14);

  /** Where these people are known. */
  abstract Demographics knowing(DemographicPerson... people);

  @Test
  void saysWhoseACurrentNumberIs() {
    DemographicPerson lucja = current(LUCJA);

    assertThat(lookUp(LUCJA, lucja)).isEqualTo(new LookUp.Found(lucja));
  }

  @Test
  void saysThatANumberWasNeverIssued() {
    assertThat(lookUp(NOBODY, current(LUCJA))).isEqualTo(new LookUp.NotFound());
  }

  @Test
  void saysNothingMoreOfSomebodySensitive() {
    assertThat(lookUp(HIDDEN, person(HIDDEN, Status.SENSITIVE))).isEqualTo(new LookUp.Sensitive());
  }

  @Test
  void saysWhichNumberSupersedesAnother() {
    assertThat(lookUp(OLD, superseded(OLD, LUCJA), current(LUCJA)))
        .isEqualTo(new LookUp.Superseded(Optional.of(LUCJA)));
  }

  @Test
  void ofANumberMergedTwiceSaysTheNewest() {
    assertThat(lookUp(OLDER, superseded(OLDER, OLD), superseded(OLD, LUCJA), current(LUCJA)))
        .isEqualTo(new LookUp.Superseded(Optional.of(LUCJA)));
  }

  @Test
  void givesNoLinkToSomebodySensitive() {
    assertThat(lookUp(OLD, superseded(OLD, HIDDEN), person(HIDDEN, Status.SENSITIVE)))
        .isEqualTo(new LookUp.Sensitive());
  }

  @Test
  void saysThatANumberIsInvalidatedAndGivesNoLink() {
    DemographicPerson adopted = person(ADOPTED, Status.INVALIDATED);

    assertThat(lookUp(ADOPTED, adopted, current(LUCJA))).isEqualTo(new LookUp.Invalidated());
    assertThat(lookUp(OLD, superseded(OLD, ADOPTED), adopted)).isEqualTo(new LookUp.Invalidated());
  }

  @Test
  void answersEveryNumberOfManyAndNoOther() {
    Set<NhsNumber> numbers = numbers(300);
    DemographicPerson[] people =
        numbers.stream()
            .filter(number -> !number.equals(NOBODY))
            .map(DemographicsContract::current)
            .toArray(DemographicPerson[]::new);

    Map<NhsNumber, LookUp> answers =
        ((LookUps.Answered) knowing(people).lookUp(numbers)).byNumber();

    assertThat(answers.keySet()).isEqualTo(numbers);
    assertThat(answers.get(NOBODY)).isEqualTo(new LookUp.NotFound());
    assertThat(answers.values()).filteredOn(LookUp.Found.class::isInstance).hasSize(299);
  }

  @Test
  void answersNothingWhenNothingIsAsked() {
    assertThat(knowing(current(LUCJA)).lookUp(Set.of())).isEqualTo(new LookUps.Answered(Map.of()));
  }

  private LookUp lookUp(NhsNumber number, DemographicPerson... people) {
    return ((LookUps.Answered) knowing(people).lookUp(Set.of(number))).byNumber().get(number);
  }

  static Set<NhsNumber> numbers(int count) {
    return IntStream.range(1, count * 2)
        .mapToObj(i -> "99900%04d".formatted(i))
        .flatMap(nine -> IntStream.range(0, 10).mapToObj(digit -> NhsNumber.of(nine + digit)))
        .flatMap(Optional::stream)
        .limit(count)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static DemographicPerson current(NhsNumber number) {
    return person(number, Status.CURRENT);
  }

  static DemographicPerson superseded(NhsNumber number, NhsNumber replacement) {
    return person(number, Status.SUPERSEDED, Optional.of(replacement));
  }

  static DemographicPerson person(NhsNumber number, Status status) {
    return person(number, status, Optional.empty());
  }

  private static DemographicPerson person(
      NhsNumber number, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        number, "Ó Briain", List.of("Łucja", "Maria"), BORN, status, replacement, Optional.empty());
  }
}
