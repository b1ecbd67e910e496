package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.ShownAccess;

/**
 * The history and the counts that a notifying access saw, kept as they were at its commit, so that
 * what the authorities are told never changes (cpis.md §3), whatever becomes of the history.
 */
final class FrozenAccesses {

  /** A committed access that owes notifications, to whom, and the number it was committed under. */
  record Owing(Access access, LinkedNumbers person, long number) {}

  private static final String INSERT_HISTORY =
      """
      INSERT INTO owed_history
        (access, position, accessed_at, user_name, job_role_code, job_role_name,
         organisation, organisation_name)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_PATTERNS =
      """
      INSERT INTO owed_patterns
        (access, accesses_7, sites_7, regions_7, accesses_30, sites_30, regions_30,
         accesses_90, sites_90, regions_90)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String HISTORY =
      """
      SELECT * FROM owed_history --DERBY-PROPERTIES constraint=owed_history_pk
      WHERE access = ?
      ORDER BY position
      """;
  private static final String PATTERNS =
      """
      SELECT * FROM owed_patterns --DERBY-PROPERTIES constraint=owed_patterns_pk
      WHERE access = ?
      """;

  private final Sql sql;

  FrozenAccesses(Sql sql) {
    this.sql = sql;
  }

  /** Freezes what each of these sees; their own shown rows must be in the store by now. */
  void freeze(List<Owing> accesses) {
    List<Object[]> history = new ArrayList<>();
    List<Object[]> patterns = new ArrayList<>();
    Accesses shown = new Accesses(sql);
    for (Owing each : accesses) {
      UUID id = each.access().id();
      Instant at = each.access().at();
      history.addAll(
          historyValues(
              id, shown.history(each.person(), each.access().author(), at, each.number())));
      patterns.add(patternValues(id, shown.patterns(each.person(), at, each.number())));
    }
    sql.batch(INSERT_HISTORY, history);
    sql.batch(INSERT_PATTERNS, patterns);
  }

  /** What was frozen of the history. */
  List<ShownAccess> history(UUID access) {
    return sql.list(HISTORY, Accesses::shown, access);
  }

  /** What was counted; empty when the access was committed before anything was frozen. */
  Optional<AccessPatterns> patterns(UUID access) {
    return sql.find(PATTERNS, FrozenAccesses::patterns, access);
  }

  private static List<Object[]> historyValues(UUID access, List<ShownAccess> history) {
    List<Object[]> rows = new ArrayList<>();
    for (ShownAccess shown : history) {
      rows.add(
          new Object[] {
            access,
            rows.size(),
            shown.at(),
            shown.userName(),
            shown.jobRole().code(),
            shown.jobRole().name(),
            shown.organisation().code(),
            shown.organisation().name()
          });
    }
    return rows;
  }

  private static Object[] patternValues(UUID access, AccessPatterns patterns) {
    AccessPatterns.Counts week = patterns.last7Days();
    AccessPatterns.Counts month = patterns.last30Days();
    AccessPatterns.Counts longest = patterns.last90Days();
    return new Object[] {
      access,
      week.accesses(),
      week.sites(),
      week.regions(),
      month.accesses(),
      month.sites(),
      month.regions(),
      longest.accesses(),
      longest.sites(),
      longest.regions()
    };
  }

  private static AccessPatterns patterns(Row row) throws SQLException {
    return new AccessPatterns(counts(row, 7), counts(row, 30), counts(row, 90));
  }

  private static AccessPatterns.Counts counts(Row row, int days) throws SQLException {
    return new AccessPatterns.Counts(
        row.integer("accesses_" + days),
        row.integer("sites_" + days),
        row.integer("regions_" + days));
  }
}
