package uk.cpis.gateway.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** Another transaction that keeps a table of an open store to itself until it is closed. */
final class StoreLock implements AutoCloseable {

  private final Connection connection;

  private StoreLock(Connection connection) {
    this.connection = connection;
  }

  /** Waits for nobody: the table must be free. */
  static StoreLock on(Path store, String table) throws SQLException {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toAbsolutePath().normalize().toString());
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
    }
    return new StoreLock(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
