package uk.cpis.gateway.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** Counts rows of an open store, past the gateway. */
final class StoreCount {

  private StoreCount() {}

  static long of(Path store, String question, String... values) throws SQLException {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toAbsolutePath().normalize().toString());
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(question)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
