package uk.cpis.gateway.store;

/** How far the relay has carried owed rows to the lanes. */
public final class Watermark {

  private static final String GET =
      """
      SELECT owed_number FROM relay_watermark
      """;
  private static final String MOVE =
      """
      UPDATE relay_watermark SET owed_number = ?
      """;

  private final Sql sql;

  Watermark(Sql sql) {
    this.sql = sql;
  }

  /** The last owed number that is in its lane; 0 before the first. */
  public long get() {
    return sql.one(GET, row -> row.number("owed_number"));
  }

  public void move(long owedNumber) {
    sql.updateOne(MOVE, owedNumber);
  }
}
