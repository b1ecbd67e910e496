package uk.cpis.gateway.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** The rows of an open store as they lie there, table by table, for tests that search them all. */
public final class StoreRows {

  private static final String PAGES =
      """
      SELECT SUM(numallocatedpages)
      FROM TABLE (SYSCS_DIAG.SPACE_TABLE()) AS pages
      WHERE tableid = (SELECT tableid FROM sys.systables WHERE tablename = ?)
      """;

  private StoreRows() {}

  /** The tables of the store in this folder, one of whose texts contains one of these. */
  public static Set<String> tablesWith(Path store, String... texts) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toString());
    Set<String> found = new TreeSet<>();
    try (Connection connection = source.getConnection()) {
      for (String table : tables(connection)) {
        if (contains(connection, table, texts)) {
          found.add(table);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** How many rows there are in each of these: a table, or a table and a condition. */
  public static Map<String, Long> counts(Path store, Collection<String> rows) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toString());
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : rows) {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + each)) {
          count.next();
          counts.put(each, count.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return counts;
  }

  /** How many pages this table and its indexes take that are not free. */
  public static long pagesOf(Path store, String table) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toString());
    try (Connection connection = source.getConnection();
        PreparedStatement space = connection.prepareStatement(PAGES)) {
      space.setString(1, table);
      try (ResultSet rows = space.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet names =
        connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
      while (names.next()) {
        tables.add(names.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private static boolean contains(Connection connection, String table, String... texts)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + '"')) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          String value = rows.getString(column);
          for (String text : texts) {
            if (value != null && value.contains(text)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
