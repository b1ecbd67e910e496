package uk.cpis.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to the open database: a pool for all, and one apart for the writer. */
final class Connections {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final String NAME = "store";
  private static final long SHORTEST_MILLIS = 250;

  private final DataSource database;
  private final HikariDataSource pool;

  Connections(DataSource database, int size, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(NAME);
    config.setDataSource(database);
    config.setMaximumPoolSize(size);
    config.setAutoCommit(false);
    config.setConnectionTimeout(Math.max(SHORTEST_MILLIS, patience.toMillis()));
    this.database = database;
    this.pool = new HikariDataSource(config);
  }

  Connection fromPool() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new StoreException("no connection to the store could be had", e);
    }
  }

  /** A connection that its user keeps. */
  Connection own() {
    try {
      Connection connection = database.getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new StoreException("no connection to the store could be opened", e);
    }
  }

  void close() {
    pool.close();
  }

  /** Rolls back what is open and closes; a connection given up needs no more than a word. */
  static void closeQuietly(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("a connection did not close well: SQL state {}", e.getSQLState());
    }
  }
}
