package uk.cpis.gateway.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** The rows of an open store as they lie there, table by table, for tests that search them all. */
public final class StoreRows {

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
