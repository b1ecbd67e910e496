package uk.cpis.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Reads every table and compares it with its indexes. A damaged page takes the database down, so
 * each table is read over a connection of its own, which boots it again.
 */
final class TableChecks {

  private static final String TABLES =
      """
      SELECT tablename FROM sys.systables WHERE tabletype = 'T' ORDER BY tablename
      """;
  private static final String CHECK =
      """
      VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE(CURRENT SCHEMA, ?)
      """;

  private final DataSource database;

  TableChecks(DataSource database) {
    this.database = database;
  }

  /** What is wrong, a line for each table that is not whole. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (String table : with(sql -> sql.list(TABLES, row -> row.text("tablename")))) {
      try {
        with(sql -> sql.list(CHECK, row -> row.first(), table));
      } catch (StoreException e) {
        faults.add("table " + table + " is damaged" + stateOf(e));
      }
    }
    return faults;
  }

  /** How far the store has come. */
  Numbers.Newest newest() {
    return with(sql -> Numbers.lastIn(sql).newest());
  }

  private static String stateOf(StoreException failure) {
    return failure.getCause() instanceof SQLException sql
        ? " (SQL state " + sql.getSQLState() + ")"
        : "";
  }

  private interface Work<T> {
    T on(Sql sql);
  }

  private <T> T with(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return work.on(new Sql(connection));
      } finally {
        Connections.closeQuietly(connection);
      }
    } catch (SQLException e) {
      throw new StoreException("could not read the store", e);
    }
  }
}
