package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;

/** Seals that were missing in the store at a start, until an operator acknowledges it. */
public final class SealAlarms {

  private static final String BEGIN =
      """
      INSERT INTO seal_alarm (seal, digest, noticed_at) VALUES (?, ?, ?)
      """;
  private static final String STANDING =
      """
      SELECT seal FROM seal_alarm WHERE acknowledged_at IS NULL ORDER BY seal
      """;
  private static final String ACKNOWLEDGE =
      """
      UPDATE seal_alarm SET acknowledged_at = ? WHERE acknowledged_at IS NULL
      """;

  private final Sql sql;

  SealAlarms(Sql sql) {
    this.sql = sql;
  }

  /** Notes that this one is missing; false when that is known. */
  public boolean begin(long seal, String digest, Instant at) {
    return sql.insertNew(BEGIN, seal, digest, at);
  }

  /** The numbers of those that nobody acknowledged. */
  public List<Long> standing() {
    return sql.list(STANDING, row -> row.number("seal"));
  }

  /** They are known from now on. */
  public void acknowledge(Instant at) {
    sql.update(ACKNOWLEDGE, at);
  }
}
