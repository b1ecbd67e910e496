package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicEvent.Born;
import uk.cpis.gateway.domain.DemographicEvent.StandingChanged;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.RegisterLoad.Loaded;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;
import uk.cpis.gateway.testing.TestStore;

/** The local register on a real store: what it takes over, and what it tells (rules 14, 15, 19). */
class LocalRegisterIT {

  private static final NhsNumber LUCJA = new NhsNumber("9990000018");
  private static final NhsNumber OLD = new NhsNumber("9990000026");
  private static final NhsNumber ADOPTED = new NhsNumber("9990000034");
  private static final NhsNumber HIDDEN = new NhsNumber("9990000042");
  private static final NhsNumber NOBODY = new NhsNumber("9990000050");
  private static final LocalDate BORN = LocalDate.of(2015, 3, 14);
  private static final NumberStanding CURRENT = new NumberStanding.Current();

  @TempDir Path folder;
  private final List<DemographicEvent> told = new ArrayList<>();
  private Store store;
  private LocalRegister register;

  @BeforeEach
  void open() {
    store = TestStore.open(folder.resolve("store"));
    register = new LocalRegister(store, this::tell);
  }

  private void tell(Transaction tx, DemographicEvent event) {
    told.add(event);
    if (event instanceof StandingChanged changed) {
      tx.standings().put(changed.number(), changed.standing(), Instant.EPOCH);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void ofARegisterThatWasNeverLoadedNothingIsConcluded() {
    assertThat(register.lookUp(Set.of(LUCJA))).isEqualTo(new LookUps.Unavailable());
  }

  @Test
  void takesOverWhatChangedAndKeepsWhoIsNotInTheFile() {
    assertThat(load(current(LUCJA), current(OLD))).isEqualTo(new Loaded(2, 0));
    assertThat(load(current(LUCJA))).isEqualTo(Loaded.NOTHING);
    assertThat(load(person(LUCJA, Status.SENSITIVE), current(NOBODY))).isEqualTo(new Loaded(1, 1));

    assertThat(((LookUps.Answered) register.lookUp(Set.of(LUCJA, OLD))).byNumber())
        .containsEntry(LUCJA, new LookUp.Sensitive())
        .containsEntry(OLD, new LookUp.Found(current(OLD)));
  }

  @Test
  void tellsOnceThatANumberStandsOtherwise() {
    load(current(LUCJA), current(OLD), current(ADOPTED), current(HIDDEN));
    assertThat(told).isEmpty();

    DemographicPerson[] changed = {
      current(LUCJA),
      person(OLD, Status.SUPERSEDED, Optional.of(LUCJA)),
      person(ADOPTED, Status.INVALIDATED),
      person(HIDDEN, Status.SENSITIVE)
    };
    load(changed);
    load(changed);

    assertThat(told)
        .containsExactly(
            new StandingChanged(OLD, new NumberStanding.Superseded(Optional.of(LUCJA))),
            new StandingChanged(ADOPTED, new NumberStanding.Invalidated()),
            new StandingChanged(HIDDEN, new NumberStanding.Sensitive()));
  }

  @Test
  void tellsOfANewPersonWhoseNumberIsNotCurrent() {
    load(person(OLD, Status.SUPERSEDED), person(LUCJA, Status.CURRENT));

    assertThat(told)
        .containsExactly(new StandingChanged(OLD, new NumberStanding.Superseded(Optional.empty())));
  }

  @Test
  void tellsNoLinkToSomebodySensitiveWhereverHerLineStands() {
    load(person(OLD, Status.SUPERSEDED, Optional.of(HIDDEN)), person(HIDDEN, Status.SENSITIVE));

    NumberStanding sensitive = new NumberStanding.Sensitive();
    assertThat(told)
        .containsExactly(
            new StandingChanged(OLD, sensitive), new StandingChanged(HIDDEN, sensitive));
  }

  @Test
  void tellsThatANumberIsCurrentAgainAndThatItHasAnotherReplacement() {
    load(person(OLD, Status.SUPERSEDED), person(HIDDEN, Status.SENSITIVE));
    told.clear();

    load(person(OLD, Status.SUPERSEDED, Optional.of(LUCJA)), current(HIDDEN));

    assertThat(told)
        .containsExactly(
            new StandingChanged(OLD, new NumberStanding.Superseded(Optional.of(LUCJA))),
            new StandingChanged(HIDDEN, CURRENT));
  }

  @Test
  void tellsWhatARegisterOfTheVersionBeforeKeptToItself() {
    DemographicPerson hidden = person(HIDDEN, Status.SENSITIVE);
    store.change(tx -> tx.people().put(hidden));

    assertThat(load(hidden)).isEqualTo(Loaded.NOTHING);

    assertThat(told).containsExactly(new StandingChanged(HIDDEN, new NumberStanding.Sensitive()));
  }

  @Test
  void tellsOnceThatABabyWasBorn() {
    load(current(LUCJA), childOf(LUCJA, OLD));
    load(current(LUCJA), childOf(LUCJA, OLD));

    assertThat(told).containsExactly(new Born(OLD, LUCJA, BORN));
  }

  @Test
  void tellsOnceOfAMotherWhoBecameKnownLater() {
    load(current(LUCJA), current(OLD));
    load(childOf(LUCJA, OLD));
    load(childOf(LUCJA, OLD));

    assertThat(told).containsExactly(new Born(OLD, LUCJA, BORN));
  }

  @Test
  void tellsNoBirthOfABabyWhoseNumberMayNotBeGiven() {
    load(
        new DemographicPerson(
            HIDDEN,
            "Ó Briain",
            List.of("Siân"),
            BORN,
            Status.SENSITIVE,
            Optional.empty(),
            Optional.of(LUCJA)));

    assertThat(told).containsExactly(new StandingChanged(HIDDEN, new NumberStanding.Sensitive()));
  }

  @Test
  void keepsCorrectedNamesAndDatesAndTellsNothing() {
    load(current(LUCJA));
    DemographicPerson corrected =
        new DemographicPerson(
            LUCJA,
            "Ó Briain-Example",
            List.of("Łucja"),
            BORN.plusDays(1),
            Status.CURRENT,
            Optional.empty(),
            Optional.empty());

    assertThat(load(corrected)).isEqualTo(new Loaded(0, 1));

    assertThat(told).isEmpty();
    assertThat(((LookUps.Answered) register.lookUp(Set.of(LUCJA))).byNumber())
        .containsEntry(LUCJA, new LookUp.Found(corrected));
  }

  @Test
  void whatCannotBeToldIsNotTakenOverEither() {
    LocalRegister failing =
        new LocalRegister(
            store,
            (tx, event) -> {
              throw new IllegalStateException("planted");
            });
    Path file = written(current(LUCJA), person(HIDDEN, Status.SENSITIVE));

    assertThatThrownBy(() -> failing.load(file)).hasMessage("planted");
    assertThat(load(current(LUCJA), person(HIDDEN, Status.SENSITIVE))).isEqualTo(new Loaded(2, 0));
    assertThat(told).containsExactly(new StandingChanged(HIDDEN, new NumberStanding.Sensitive()));
  }

  @Test
  void takesNothingFromAFileWithAFault() throws IOException {
    Path file = written(current(LUCJA));
    Files.writeString(
        file,
        Files.readString(file)
            + "9990000026,Test,Anna,2015-03-14,MERGED,,\n"
            + "9990000034,Test,Anna,2015-03-14,INVALIDATED,9990000018,\n"
            + "9990000018,Test,Anna,2015-03-14,SENSITIVE,,\n"
            + "9990000042,Test,Anna,2015-03-14,SUPERSEDED,9990000042,\n");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> register.load(file));

    assertThat(refusal.faults())
        .containsExactly(
            "line 3, status: not one of CURRENT, SENSITIVE, SUPERSEDED, INVALIDATED",
            "line 4: only a superseded number has a replacement",
            "line 5: an earlier line has the same NHS number",
            "line 6: a number replaces or bears not itself");
    assertThat(told).isEmpty();
    boolean nobody = store.read(tx -> tx.people().none());
    assertThat(nobody).isTrue();
  }

  private Loaded load(DemographicPerson... people) {
    return register.load(written(people));
  }

  private Path written(DemographicPerson... people) {
    Path file = folder.resolve("people.csv");
    PeopleFile.write(file, List.of(people));
    return file;
  }

  private static DemographicPerson current(NhsNumber number) {
    return person(number, Status.CURRENT);
  }

  private static DemographicPerson person(NhsNumber number, Status status) {
    return person(number, status, Optional.empty());
  }

  private static DemographicPerson childOf(NhsNumber mother, NhsNumber number) {
    return person(number, Status.CURRENT, Optional.empty(), Optional.of(mother));
  }

  private static DemographicPerson person(
      NhsNumber number, Status status, Optional<NhsNumber> replacement) {
    return person(number, status, replacement, Optional.empty());
  }

  private static DemographicPerson person(
      NhsNumber number,
      Status status,
      Optional<NhsNumber> replacement,
      Optional<NhsNumber> mother) {
    return new DemographicPerson(
        number, "Ó Briain", List.of("Łucja", "Maria"), BORN, status, replacement, mother);
  }
}
