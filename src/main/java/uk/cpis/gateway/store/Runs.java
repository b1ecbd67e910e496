package uk.cpis.gateway.store;

import java.util.Optional;

/** Whether the run of the gateway that began last ended in order. */
public final class Runs {

  private static final String ENDED =
      """
      SELECT ended FROM gateway_run
      """;
  private static final String FIRST =
      """
      INSERT INTO gateway_run (ended) VALUES (?)
      """;
  private static final String NEXT =
      """
      UPDATE gateway_run SET ended = ?
      """;

  private final Sql sql;

  Runs(Sql sql) {
    this.sql = sql;
  }

  /** Begins a run; whether the one before ended in order, and empty when there was none. */
  public Optional<Boolean> begin() {
    Optional<Boolean> before = sql.find(ENDED, row -> row.truth("ended"));
    sql.updateOne(before.isPresent() ? NEXT : FIRST, false);
    return before;
  }

  /** Ends it in order. */
  public void end() {
    sql.updateOne(NEXT, true);
  }
}
