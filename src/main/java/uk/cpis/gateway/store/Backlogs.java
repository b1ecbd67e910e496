package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uk.cpis.gateway.domain.OdsCode;

/**
 * How the authorities' notifications stand, for people to look at: waits for nobody. Reads what is
 * open and one row of each authority, so that its cost does not grow with what is settled.
 */
final class Backlogs {

  private static final String AUTHORITIES =
      """
      SELECT code FROM local_authority ORDER BY code WITH UR
      """;
  private static final String OPEN =
      """
      SELECT authority, COUNT(*) AS unsettled, MIN(made_at) AS oldest
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
      WHERE settled = false AND owed_number < 9223372036854775807
      GROUP BY authority
      WITH UR
      """;
  private static final String DEAD_LETTERS =
      """
      SELECT authority, COUNT(*) AS dead_letters FROM dead_letter GROUP BY authority WITH UR
      """;

  private record Open(OdsCode authority, long unsettled, Optional<Instant> oldest) {}

  private record Dead(OdsCode authority, long deadLetters) {}

  private final Sql sql;

  Backlogs(Sql sql) {
    this.sql = sql;
  }

  /** Of every authority, in the order of their codes. */
  List<AuthorityBacklog> all() {
    Map<OdsCode, Open> open = by(Open::authority, sql.list(OPEN, Backlogs::open));
    Map<OdsCode, Dead> dead = by(Dead::authority, sql.list(DEAD_LETTERS, Backlogs::dead));
    return sql.list(AUTHORITIES, row -> row.organisation("code")).stream()
        .map(
            code ->
                backlog(
                    open.getOrDefault(code, new Open(code, 0, Optional.empty())),
                    dead.getOrDefault(code, new Dead(code, 0))))
        .toList();
  }

  /** An authority's numbers have no gap, so the last one says how many there ever were. */
  private AuthorityBacklog backlog(Open open, Dead dead) {
    return new AuthorityBacklog(
        open.authority(),
        Math.max(0, Numbers.lastOf(open.authority(), sql) - open.unsettled()),
        open.unsettled(),
        dead.deadLetters(),
        open.oldest());
  }

  private static <T> Map<OdsCode, T> by(Function<T, OdsCode> authority, List<T> rows) {
    Map<OdsCode, T> found = new HashMap<>();
    rows.forEach(row -> found.put(authority.apply(row), row));
    return found;
  }

  private static Open open(Row row) throws SQLException {
    return new Open(
        row.organisation("authority"), row.number("unsettled"), row.optionalTime("oldest"));
  }

  private static Dead dead(Row row) throws SQLException {
    return new Dead(row.organisation("authority"), row.number("dead_letters"));
  }
}
