package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;

/** The local demographic register. */
public final class People {

  private static final String FIND =
      """
      SELECT * FROM person --DERBY-PROPERTIES constraint=person_pk
      WHERE nhs_number = ?
      """;
  private static final String UPDATE =
      """
      UPDATE person
      SET status = ?, replacement = ?, family_name = ?, given_names = ?, date_of_birth = ?,
        mother = ?
      WHERE nhs_number = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO person
        (status, replacement, family_name, given_names, date_of_birth, mother, nhs_number)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ANY =
      """
      SELECT nhs_number FROM person --DERBY-PROPERTIES constraint=person_pk
      FETCH FIRST ROW ONLY WITH UR
      """;

  private static final String BETWEEN_NAMES = "\n";

  private final Sql sql;

  People(Sql sql) {
    this.sql = sql;
  }

  /** Keeps the person in place of what was known of this number. */
  public void put(DemographicPerson person) {
    Object[] values = {
      person.status(),
      person.replacement(),
      person.familyName(),
      String.join(BETWEEN_NAMES, person.givenNames()),
      person.dateOfBirth(),
      person.mother(),
      person.number()
    };
    if (sql.update(UPDATE, values) == 0) {
      sql.updateOne(INSERT, values);
    }
  }

  /** What is known of these numbers; a number that is not known has no entry. */
  public Map<NhsNumber, DemographicPerson> find(Collection<NhsNumber> numbers) {
    Map<NhsNumber, DemographicPerson> found = new HashMap<>();
    numbers.forEach(number -> find(number).ifPresent(person -> found.put(person.number(), person)));
    return found;
  }

  /** Whether the register holds nobody at all. */
  public boolean none() {
    return sql.list(ANY, row -> row.text("nhs_number")).isEmpty();
  }

  public Optional<DemographicPerson> find(NhsNumber number) {
    return sql.find(FIND, People::person, number);
  }

  private static DemographicPerson person(Row row) throws SQLException {
    String given = row.text("given_names");
    return new DemographicPerson(
        row.person("nhs_number"),
        row.text("family_name"),
        given.isEmpty() ? List.of() : List.of(given.split(BETWEEN_NAMES)),
        row.date("date_of_birth"),
        DemographicPerson.Status.valueOf(row.text("status")),
        row.optionalPerson("replacement"),
        row.optionalPerson("mother"));
  }
}
