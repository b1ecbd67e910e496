package uk.cpis.gateway.store;

import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.NhsNumber;

/** The shown accesses, person by person. */
public final class OutlivedHistory {

  private static final String PERSON_AFTER =
      """
      SELECT nhs_number FROM shown_access --DERBY-PROPERTIES index=shown_access_of_person
      WHERE nhs_number > ?
      ORDER BY nhs_number
      FETCH FIRST ROW ONLY
      """;
  private static final String NEWEST =
      """
      SELECT number FROM shown_access --DERBY-PROPERTIES index=shown_access_of_person
      WHERE nhs_number = ?
      ORDER BY number DESC
      FETCH FIRST ROW ONLY
      """;
  // A deletion takes no hint, so it has the whole key.
  private static final String UP_TO =
      """
      SELECT number FROM shown_access --DERBY-PROPERTIES index=shown_access_of_person
      WHERE nhs_number = ? AND number <= ?
      """;
  private static final String REMOVE =
      """
      DELETE FROM shown_access WHERE number = ?
      """;

  private final Sql sql;

  OutlivedHistory(Sql sql) {
    this.sql = sql;
  }

  /** The next person with a history, by number; the first one after an empty text. */
  public Optional<NhsNumber> personAfter(String digits) {
    return sql.find(PERSON_AFTER, row -> row.person("nhs_number"), digits);
  }

  /** The newest shown access to this person; 0 when there is none. */
  public long newestOf(NhsNumber person) {
    return sql.find(NEWEST, row -> row.number("number"), person).orElse(0L);
  }

  /**
   * Removes the history of this person up to an access; how many. The writer adds behind it, so
   * neither waits for the other.
   */
  public int remove(NhsNumber person, long upTo) {
    List<Object[]> numbers =
        sql.list(UP_TO, row -> new Object[] {row.number("number")}, person, upTo);
    sql.batch(REMOVE, numbers);
    return numbers.size();
  }
}
