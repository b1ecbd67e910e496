package uk.cpis.gateway.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * Connections to a database that can be written to. Derby goes down by itself when its log cannot
 * be written, and the next connection boots it again; where it finds the disk full even for that,
 * it boots for reading only and stays so. Then it is shut down, so that a later connection finds it
 * writable as soon as there is room.
 *
 * <p>By default Derby lets result sets live on past their transaction, and forgets to close the
 * scan of a subquery that gives one value: each use would leave one to the pooled connection for
 * good.
 */
final class WritableSource extends EmbeddedDataSource {

  private static final long serialVersionUID = 1L;

  /** The state of a connection that was refused; the pool gives such a one up. */
  private static final String REFUSED = "08004";

  private final transient Runnable shutDown;

  WritableSource(Runnable shutDown) {
    this.shutDown = shutDown;
  }

  /** Nothing stays open past its transaction. */
  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    Connection writable = connection.isReadOnly() ? bootedAnew(connection) : connection;
    writable.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
    return writable;
  }

  /** One at a time, so that nobody shuts down what another has booted anew. */
  private synchronized Connection bootedAnew(Connection readOnly) throws SQLException {
    readOnly.close();
    Connection another = super.getConnection();
    if (another.isReadOnly()) {
      another.close();
      shutDown.run();
      another = super.getConnection();
    }
    if (another.isReadOnly()) {
      another.close();
      shutDown.run();
      throw new SQLException("the database can only be read: is its disk full?", REFUSED);
    }
    return another;
  }
}
