package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import uk.cpis.gateway.steps.Steps;

/**
 * A store as a version of the gateway left it: with that version's schema and rows put there by
 * bare statements, since the classes know the newest schema only.
 */
record SchemaVersion(String version) {

  static final SchemaVersion LATEST = new SchemaVersion("latest");

  /** Bare statements on an open store. */
  @FunctionalInterface
  interface Work {
    void on(Statement statement) throws SQLException;
  }

  /**
   * Opens the store in this folder, or makes it there, with this schema; works on it; closes it.
   */
  void in(Path directory, Work work) throws SQLException {
    Database database = Database.open(Examples.settings(directory), version, Steps.NONE);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      work.on(statement);
      connection.commit();
    } finally {
      database.close();
    }
  }
}
