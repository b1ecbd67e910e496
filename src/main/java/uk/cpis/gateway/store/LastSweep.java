package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.Optional;

/** When retention last went through the whole store. */
public final class LastSweep {

  private static final String FIND =
      """
      SELECT * FROM last_sweep
      """;
  private static final String UPDATE =
      """
      UPDATE last_sweep SET begun_at = ?, ended_at = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO last_sweep (begun_at, ended_at) VALUES (?, ?)
      """;

  private final Sql sql;

  LastSweep(Sql sql) {
    this.sql = sql;
  }

  /** When the last sweep that ran to its end began. */
  public Optional<Instant> begunAt() {
    return sql.find(FIND, row -> row.time("begun_at"));
  }

  /** Keeps that a sweep ran to its end. */
  public void ended(Instant begunAt, Instant endedAt) {
    if (sql.update(UPDATE, begunAt, endedAt) == 0) {
      sql.updateOne(INSERT, begunAt, endedAt);
    }
  }
}
