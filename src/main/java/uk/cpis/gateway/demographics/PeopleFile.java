package uk.cpis.gateway.demographics;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import uk.cpis.gateway.csv.CsvColumn;
import uk.cpis.gateway.csv.CsvTable;
import uk.cpis.gateway.csv.CsvText;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;

/** The file of the local register: a line for each person, given names with semicolons between. */
public final class PeopleFile {

  private static final CsvColumn<NhsNumber> NUMBER =
      CsvColumn.required("nhs_number", "an NHS number", NhsNumber::new);
  private static final CsvColumn<String> FAMILY =
      CsvColumn.required("family_name", "a name", text -> text);
  private static final CsvColumn<List<String>> GIVEN =
      CsvColumn.several("given_names", "names with semicolons between", text -> text);
  private static final CsvColumn<LocalDate> BORN =
      CsvColumn.required("date_of_birth", "a day (YYYY-MM-DD)", LocalDate::parse);
  private static final CsvColumn<Status> STATUS =
      CsvColumn.required(
          "status", "one of CURRENT, SENSITIVE, SUPERSEDED, INVALIDATED", Status::valueOf);
  private static final CsvColumn<Optional<NhsNumber>> REPLACEMENT =
      CsvColumn.optional("replacement", "an NHS number", NhsNumber::new);
  private static final CsvColumn<Optional<NhsNumber>> MOTHER =
      CsvColumn.optional("mother", "an NHS number", NhsNumber::new);

  private static final CsvTable<DemographicPerson> TABLE =
      new CsvTable<>(
          List.of(NUMBER, FAMILY, GIVEN, BORN, STATUS, REPLACEMENT, MOTHER),
          row ->
              new DemographicPerson(
                  row.of(NUMBER),
                  row.of(FAMILY),
                  row.of(GIVEN),
                  row.of(BORN),
                  row.of(STATUS),
                  row.of(REPLACEMENT),
                  row.of(MOTHER)),
          PeopleFile::form);

  private PeopleFile() {}

  /** A file without any fault, as it was when it was checked, whoever writes to it meanwhile. */
  record Checked(CsvText text, Map<NhsNumber, Chain> chains) {

    /** Hands on each person, in the order of the lines. */
    void each(Consumer<DemographicPerson> people) {
      TABLE.read(text, people);
    }
  }

  /** Reads the file and throws with every fault of it. */
  static Checked check(Path file) {
    CsvText text = CsvText.of(file);
    Map<NhsNumber, Chain> chains = new HashMap<>();
    TABLE.read(text, person -> first(chains, person));
    return new Checked(text, chains);
  }

  private static void first(Map<NhsNumber, Chain> chains, DemographicPerson person) {
    if (chains.putIfAbsent(person.number(), Chain.of(person)) != null) {
      throw new IllegalArgumentException("an earlier line has the same NHS number");
    }
  }

  /** Writes the file anew with these people. */
  public static void write(Path file, Iterable<DemographicPerson> people) {
    TABLE.write(file, people);
  }

  private static List<String> form(DemographicPerson person) {
    return List.of(
        person.number().digits(),
        person.familyName(),
        String.join(";", person.givenNames()),
        person.dateOfBirth().toString(),
        person.status().name(),
        person.replacement().map(NhsNumber::digits).orElse(""),
        person.mother().map(NhsNumber::digits).orElse(""));
  }
}
