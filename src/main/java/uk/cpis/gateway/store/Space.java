package uk.cpis.gateway.store;

/** The room that the tables take on disk. */
public final class Space {

  /** The tables whose rows go here and there, so that pages do not empty by themselves. */
  public enum Table {
    PLAN,
    SHOWN_ACCESS
  }

  /** Pages of 4 KB: those that hold something, and those that are free to be used again. */
  public record Pages(long used, long free) {}

  // Derby purges page by page in transactions of its own: it holds no lock on the table, and passes
  // over rows that others have in hand. Giving pages back to the file system would lock the table,
  // so that is left alone: the store uses them again.
  private static final String PURGE =
      """
      CALL SYSCS_UTIL.SYSCS_INPLACE_COMPRESS_TABLE(CURRENT SCHEMA, ?, 1, 0, 0)
      """;
  private static final String PAGES =
      """
      SELECT SUM(numallocatedpages) AS used, SUM(numfreepages) AS free
      FROM TABLE (SYSCS_DIAG.SPACE_TABLE()) AS pages
      WHERE tableid IN (SELECT tableid FROM sys.systables WHERE tabletype = 'T')
      """;

  private final Sql sql;

  Space(Sql sql) {
    this.sql = sql;
  }

  /**
   * Has the room of the rows that were removed from this table used again, beside live traffic. It
   * reads the whole table. Belongs into a transaction of its own.
   */
  public void tidy(Table table) {
    sql.update(PURGE, table);
  }

  /** How much all tables and their indexes take. */
  public Pages pages() {
    return sql.one(PAGES, row -> new Pages(row.number("used"), row.number("free")));
  }
}
