package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.TestStore;

class LocalRegisterIT {

  private static final NhsNumber LUCJA = new NhsNumber("9990000018");
  private static final NhsNumber OLD = new NhsNumber("9990000026");
  private static final NhsNumber ADOPTED = new NhsNumber("9990000034");
  private static final NhsNumber HIDDEN = new NhsNumber("9990000042");
  private static final NhsNumber NOBODY = new NhsNumber("9990000050");

  @TempDir Path folder;
  private Store store;
  private LocalRegister register;

  @BeforeEach
  void open() {
    store = TestStore.open(folder.resolve("store"));
    register = new LocalRegister(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void saysHowEachNumberStands() {
    load(
        person(LUCJA, Status.CURRENT, Optional.empty()),
        person(OLD, Status.SUPERSEDED, Optional.of(LUCJA)),
        person(ADOPTED, Status.INVALIDATED, Optional.empty()),
        person(HIDDEN, Status.SENSITIVE, Optional.empty()));

    assertThat(register.lookUp(Set.of(LUCJA, OLD, ADOPTED, HIDDEN, NOBODY)))
        .isEqualTo(
            new LookUps.Answered(
                Map.of(
                    LUCJA, new LookUp.Found(person(LUCJA, Status.CURRENT, Optional.empty())),
                    OLD, new LookUp.Superseded(Optional.of(LUCJA)),
                    ADOPTED, new LookUp.Invalidated(),
                    HIDDEN, new LookUp.Sensitive(),
                    NOBODY, new LookUp.NotFound())));
  }

  @Test
  void takesOverWhatChangedAndKeepsWhoIsNotInTheFile() {
    load(
        person(LUCJA, Status.CURRENT, Optional.empty()),
        person(OLD, Status.CURRENT, Optional.empty()));

    assertThat(load(person(LUCJA, Status.CURRENT, Optional.empty()))).isZero();
    assertThat(load(person(LUCJA, Status.SENSITIVE, Optional.empty()))).isEqualTo(1);
    assertThat(((LookUps.Answered) register.lookUp(Set.of(LUCJA, OLD))).byNumber())
        .containsEntry(LUCJA, new LookUp.Sensitive())
        .containsEntry(OLD, new LookUp.Found(person(OLD, Status.CURRENT, Optional.empty())));
  }

  @Test
  void takesNothingFromAFileWithAFault() throws IOException {
    Path file = folder.resolve("people.csv");
    PeopleFile.write(file, List.of(person(LUCJA, Status.CURRENT, Optional.empty())));
    Files.writeString(
        file,
        Files.readString(file)
            + "9990000026,Test,Anna,2015-03-14,MERGED,,\n"
            + "9990000034,Test,Anna,2015-03-14,INVALIDATED,9990000018,\n");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> register.load(file));

    assertThat(refusal.faults())
        .containsExactly(
            "line 3, status: not one of CURRENT, SENSITIVE, SUPERSEDED, INVALIDATED",
            "line 4: only a superseded number has a replacement");
    assertThat(((LookUps.Answered) register.lookUp(Set.of(LUCJA))).byNumber())
        .containsEntry(LUCJA, new LookUp.NotFound());
  }

  private int load(DemographicPerson... people) {
    Path file = folder.resolve("people.csv");
    PeopleFile.write(file, List.of(people));
    return register.load(file);
  }

  private static DemographicPerson person(
      NhsNumber number, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        number,
        "Ó Briain",
        List.of("Łucja", "Maria"),
        LocalDate.of(2015, 3, 14),
        status,
        replacement,
        Optional.empty());
  }
}
