package uk.cpis.gateway.attack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** Counts the same rows of an open store again and again. For one thread. */
final class RowCount implements AutoCloseable {

  private final Connection connection;
  private final List<PreparedStatement> counts = new ArrayList<>();

  RowCount(Path store, List<String> rows) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toString());
    try {
      connection = source.getConnection();
      for (String each : rows) {
        counts.add(connection.prepareStatement("SELECT COUNT(*) FROM " + each));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Long> now() {
    List<Long> now = new ArrayList<>();
    try {
      for (PreparedStatement count : counts) {
        try (ResultSet row = count.executeQuery()) {
          row.next();
          now.add(row.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return now;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
