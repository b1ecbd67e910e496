package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessHistory;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.ShownAccess;

/** The accesses, and the history that is shown of them (cpis.md §2). */
public final class Accesses {

  private static final String FIND =
      """
      SELECT * FROM audit_record --DERBY-PROPERTIES constraint=audit_record_pk
      WHERE id = ? AND event = 'QUERY_ANSWERED'
      """;
  static final String INSERT_SHOWN =
      """
      INSERT INTO shown_access
        (number, nhs_number, accessed_at, user_key, organisation, organisation_name,
         user_name, job_role_code, job_role_name, region)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String NEWEST =
      """
      SELECT * FROM shown_access --DERBY-PROPERTIES index=shown_access_of_person
      WHERE nhs_number = ? AND number <= ?
      ORDER BY number DESC
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String NEWEST_OF_USER =
      """
      SELECT * FROM shown_access --DERBY-PROPERTIES index=shown_access_of_user
      WHERE nhs_number = ? AND organisation = ? AND user_key = ? AND number <= ?
      ORDER BY number DESC
      FETCH FIRST ROW ONLY
      """;

  private static final String PLACES =
      """
      SELECT accessed_at, organisation, region
      FROM shown_access --DERBY-PROPERTIES index=shown_access_by_time
      WHERE nhs_number = ? AND accessed_at > ? AND number <= ?
      """;

  private final Sql sql;

  Accesses(Sql sql) {
    this.sql = sql;
  }

  public Optional<RecordedAccess> find(UUID id) {
    return sql.find(FIND, Accesses::recorded, id);
  }

  /**
   * The history as it stands: the latest shown accesses, newest first (rule 20). A person has one,
   * whichever of her numbers was asked for (rule 14).
   */
  public List<ShownAccess> history(LinkedNumbers person) {
    return AccessHistory.shown(newest(person, Long.MAX_VALUE), Optional.empty());
  }

  /**
   * The history as an access with this number saw it, the asker's own running window included. Made
   * from lower numbers only, so it is the same whenever it is asked.
   */
  public List<ShownAccess> history(LinkedNumbers person, Author asker, Instant at, long number) {
    Optional<ShownAccess> running =
        lastShown(person, asker, number)
            .filter(own -> !AccessHistory.opensWindow(Optional.of(own.at()), at));
    return AccessHistory.shown(newest(person, number), running);
  }

  /** The counts as an access at this time with this number saw them, itself included. */
  AccessPatterns patterns(LinkedNumbers person, Instant at, long number) {
    Instant start = at.minus(AccessPatterns.LONGEST);
    return AccessPatterns.at(
        at,
        person.shown().stream()
            .flatMap(each -> sql.list(PLACES, Accesses::place, each, start, number).stream())
            .toList());
  }

  /** The latest shown access of this user to this person, up to this number. */
  Optional<ShownAccess> lastShown(LinkedNumbers person, Author user, long upTo) {
    return person.shown().stream()
        .flatMap(number -> lastShown(number, user, upTo).stream())
        .max(Comparator.comparing(ShownAccess::at));
  }

  private Optional<ShownAccess> lastShown(NhsNumber number, Author user, long upTo) {
    return sql.find(
        NEWEST_OF_USER, Accesses::shown, number, user.organisation().code(), user.userKey(), upTo);
  }

  private List<ShownAccess> newest(LinkedNumbers person, long upTo) {
    return person.shown().stream()
        .flatMap(
            number ->
                sql.list(NEWEST, Accesses::shown, number, upTo, AccessHistory.LENGTH).stream())
        .toList();
  }

  static Object[] shownValues(Access access, long number) {
    Author author = access.author();
    return new Object[] {
      number,
      access.person(),
      access.at(),
      author.userKey(),
      author.organisation().code(),
      author.organisation().name(),
      author.shownName(),
      author.jobRole().code(),
      author.jobRole().name(),
      access.region()
    };
  }

  static ShownAccess shown(Row row) throws SQLException {
    return new ShownAccess(
        row.time("accessed_at"),
        row.text("user_name"),
        new JobRole(row.text("job_role_code"), row.text("job_role_name")),
        new Organisation(row.organisation("organisation"), row.text("organisation_name")));
  }

  private static AccessPatterns.Place place(Row row) throws SQLException {
    return new AccessPatterns.Place(
        row.time("accessed_at"), row.organisation("organisation"), row.optionalText("region"));
  }

  private static RecordedAccess recorded(Row row) throws SQLException {
    return new RecordedAccess(
        row.uuid("id"),
        row.number("number"),
        row.time("happened_at"),
        row.person("nhs_number"),
        AuthorColumns.read(row).orElseThrow(),
        row.integer("records_found"),
        row.truth("shown"));
  }
}
