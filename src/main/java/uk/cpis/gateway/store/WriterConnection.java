package uk.cpis.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/**
 * The writer's own connection, so that it never waits for readers to give one back, and the numbers
 * as of its last commit. After trouble it is opened anew. Belongs to the writer's thread.
 */
final class WriterConnection {

  /** What was committed together: what completes each job, and whether a notification is owed. */
  record Written(List<Runnable> completions, boolean owes) {}

  private final Supplier<Connection> connections;
  private final Damage damage;
  private final Steps steps;
  private @Nullable Connection connection;
  private @Nullable Numbers numbers;

  /** The newest numbers that are committed for sure; read by others. */
  private volatile Numbers.Newest newest = new Numbers.Newest(0, 0);

  WriterConnection(Supplier<Connection> connections, Damage damage, Steps steps) {
    this.connections = connections;
    this.damage = damage;
    this.steps = steps;
  }

  Written commit(List<WriterJob> jobs) {
    return inTransaction(
        (sql, counting) -> {
          CommitBatch batch = new CommitBatch(sql, counting);
          List<Runnable> completions = jobs.stream().map(batch::add).toList();
          batch.write();
          steps.reached(Step.BATCH_WRITTEN);
          return new Written(completions, batch.owes());
        });
  }

  /** Numbers rows that other transactions committed; whether a notification is among them. */
  boolean number(Unnumbered rows) {
    return inTransaction(
        (sql, counting) -> {
          new Numbering(sql, counting).number(rows);
          steps.reached(Step.ROWS_NUMBERED);
          return !rows.owed().isEmpty();
        });
  }

  /** Numbers what the last run left without, before anybody else writes. */
  void numberLeftOver() {
    inTransaction(
        (sql, counting) -> {
          new Numbering(sql, counting).number(Numbering.leftOver(sql));
          return true;
        });
  }

  Numbers.Newest newest() {
    return newest;
  }

  private <T> T inTransaction(BiFunction<Sql, Numbers, T> work) {
    Connection open = opened();
    Sql sql = new Sql(open);
    try {
      Numbers counting = numbers == null ? Numbers.lastIn(sql) : numbers.copy();
      T result = work.apply(sql, counting);
      open.commit();
      numbers = counting;
      newest = counting.newest();
      return result;
    } catch (SQLException e) {
      close();
      throw new StoreException("could not commit", e);
    } catch (RuntimeException e) {
      damage.notice(e);
      rollback(open, e);
      throw e;
    }
  }

  private Connection opened() {
    if (connection == null) {
      connection = connections.get();
    }
    return connection;
  }

  /** A connection that cannot be rolled back is broken; the numbers are then read anew. */
  private void rollback(Connection open, RuntimeException first) {
    try {
      open.rollback();
    } catch (SQLException e) {
      first.addSuppressed(new StoreException("could not roll back", e));
      close();
    }
  }

  void close() {
    Connection last = connection;
    connection = null;
    numbers = null;
    if (last != null) {
      Connections.closeQuietly(last);
    }
  }
}
