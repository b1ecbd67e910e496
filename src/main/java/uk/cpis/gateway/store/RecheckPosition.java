package uk.cpis.gateway.store;

import java.util.Optional;
import uk.cpis.gateway.domain.NhsNumber;

/** How far the re-check of the numbers held has come. */
public final class RecheckPosition {

  private static final String GET =
      """
      SELECT nhs_number FROM recheck_position
      """;
  private static final String MOVE =
      """
      UPDATE recheck_position SET nhs_number = ?
      """;

  private final Sql sql;

  RecheckPosition(Sql sql) {
    this.sql = sql;
  }

  /** The number looked at last; empty before the first of a round. */
  public Optional<NhsNumber> get() {
    return sql.one(GET, row -> row.optionalPerson("nhs_number"));
  }

  public void move(Optional<NhsNumber> last) {
    sql.updateOne(MOVE, last);
  }
}
