package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** That this store was restored from a backup. */
public final class Restorations {

  private static final String ADD =
      """
      INSERT INTO restoration (restored_at, backed_up_at, operator, told) VALUES (?, ?, ?, false)
      """;
  private static final String NEWEST =
      """
      SELECT * FROM restoration ORDER BY restored_at DESC FETCH FIRST ROW ONLY
      """;
  private static final String UNTOLD =
      """
      SELECT * FROM restoration WHERE told = false ORDER BY restored_at
      """;
  private static final String TELL =
      """
      UPDATE restoration SET told = true WHERE told = false
      """;

  private final Sql sql;

  Restorations(Sql sql) {
    this.sql = sql;
  }

  /** One restoration, and when the backup was taken that it was made from. */
  public record Restoration(Instant restoredAt, Instant backedUpAt, String operator) {}

  void add(Restoration restoration) {
    sql.updateOne(ADD, restoration.restoredAt(), restoration.backedUpAt(), restoration.operator());
  }

  public Optional<Restoration> newest() {
    return sql.find(NEWEST, Restorations::restoration);
  }

  /** Those of which nobody was told yet; they count as told from now on. */
  public List<Restoration> tell() {
    List<Restoration> untold = sql.list(UNTOLD, Restorations::restoration);
    sql.update(TELL);
    return untold;
  }

  private static Restoration restoration(Row row) throws SQLException {
    return new Restoration(row.time("restored_at"), row.time("backed_up_at"), row.text("operator"));
  }
}
