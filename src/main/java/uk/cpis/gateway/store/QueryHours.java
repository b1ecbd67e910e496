package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Asid;

/** How many queries each system asked in each full hour. */
public final class QueryHours {

  private static final String ADD =
      """
      UPDATE query_hour SET queries = queries + ? WHERE asid = ? AND begun_at = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO query_hour (queries, asid, begun_at) VALUES (?, ?, ?)
      """;
  private static final String OF =
      """
      SELECT asid, queries FROM query_hour --DERBY-PROPERTIES index=query_hour_by_age
      WHERE begun_at = ?
      """;
  private static final String FORGET =
      """
      DELETE FROM query_hour WHERE begun_at < ?
      """;

  private final Sql sql;

  QueryHours(Sql sql) {
    this.sql = sql;
  }

  /** Adds so many to what this system asked in the hour that began then. */
  public void add(Asid system, Instant hour, long queries) {
    if (sql.update(ADD, queries, system, hour) == 0) {
      sql.updateOne(INSERT, queries, system, hour);
    }
  }

  /** What each system asked in the hour that began then, without those that asked nothing. */
  public Map<Asid, Long> of(Instant hour) {
    return sql.list(OF, row -> Map.entry(row.asid("asid"), row.number("queries")), hour).stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Forgets the hours that began before this one. */
  public void forgetBefore(Instant hour) {
    sql.update(FORGET, hour);
  }
}
