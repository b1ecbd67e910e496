package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/**
 * The encrypted store on disk: the source of truth for plans, accesses and what is owed. Shared
 * between threads. Closing it ends the writer first.
 */
public final class Store implements AutoCloseable {

  private static final int ATTEMPTS = 4;

  private final Database database;
  private final Backup backup;
  private final Tidemark tidemark;
  private final Connections connections;
  private final CommitWriter writer;
  private final Damage damage;
  private final Steps steps;

  private Store(
      Database database,
      Connections connections,
      CommitWriter writer,
      Damage damage,
      Steps steps,
      EncryptionKey key) {
    this.tidemark = database.directory().tidemark();
    this.backup = new Backup(this, database.directory(), key);
    this.database = database;
    this.connections = connections;
    this.writer = writer;
    this.damage = damage;
    this.steps = steps;
  }

  /**
   * Opens the store in its folder, and makes it where the folder is empty or absent. The schema is
   * brought to the newest version. Throws a {@link StoreException} that says why when the key is
   * wrong, the files are damaged or another process has it open; never begins anew over old files.
   */
  public static Store open(StoreSettings settings) {
    return open(settings, Steps.NONE);
  }

  /** The same, and tells how far it gets. */
  public static Store open(StoreSettings settings, Steps steps) {
    return open(settings, Making.UNASKED, steps);
  }

  /** The same, and makes a store only where nothing speaks against it. */
  public static Store open(StoreSettings settings, Making making, Steps steps) {
    return over(Database.open(settings, making, steps), settings, steps);
  }

  /** Opens a store that is there; where there is none, nothing is made, and it says so. */
  public static Store existing(StoreSettings settings) {
    return over(Database.existing(settings), settings, Steps.NONE);
  }

  private static Store over(Database database, StoreSettings settings, Steps steps) {
    Damage damage = new Damage();
    try {
      Connections connections =
          new Connections(database.dataSource(), settings.connections(), settings.lockWait());
      try {
        checkNothingIsLost(connections, database.directory().tidemark());
        WriterConnection own = new WriterConnection(connections::own, damage, steps);
        CommitWriter writer =
            CommitWriter.open(own, settings.writerQueue(), settings.writerBatch(), steps);
        return new Store(database, connections, writer, damage, steps, settings.key());
      } catch (RuntimeException e) {
        connections.close();
        throw e;
      }
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Makes a store in an empty folder of a backup. Throws a {@link StoreException} that says why
   * when the key is not the backup's, a file of it was changed, or the folder is not empty. The
   * entry is what the audit keeps of it.
   */
  public static Restorations.Restoration restore(
      StoreSettings settings, Path backup, Operator operator, AuditEntry entry) {
    return Restoring.of(settings, backup, operator, entry);
  }

  /**
   * Encrypts a store on which nobody works with another key, that counts from then on. Throws a
   * {@link StoreException} that says why, and leaves it as it was, when that cannot be done; who is
   * interrupted finds it opened by the one key or the other, with everything in it.
   */
  public static void changeKey(StoreSettings settings, EncryptionKey next) {
    Database.changeKey(settings, next, stage -> {});
  }

  /**
   * Opens a store by itself, reads all of it, compares tables with their indexes, and the whole
   * with how far it is known to have come; what is wrong, a line each. Throws a {@link
   * StoreException} when it cannot even be opened.
   */
  public static List<String> faultsOf(StoreSettings settings) {
    Database database = Database.existing(settings);
    try {
      TableChecks checks = new TableChecks(database.dataSource());
      List<String> faults = checks.faults();
      return faults.isEmpty()
          ? database.directory().tidemark().faultOf(checks.newest()).stream().toList()
          : faults;
    } finally {
      database.close();
    }
  }

  /** How many bytes it has on disk. */
  public long bytes() {
    return database.directory().bytes();
  }

  /** Takes backups of it while it is open. */
  public Backup backup() {
    return backup;
  }

  private static void checkNothingIsLost(Connections connections, Tidemark mark) {
    Connection connection = connections.fromPool();
    try {
      mark.check(Numbers.lastIn(new Sql(connection)).newest());
    } finally {
      Connections.closeQuietly(connection);
    }
  }

  /** Keeps beside the database how far it has come, so that the next start knows what is lost. */
  public void noteNewest() {
    tidemark.note(writer.newest());
  }

  /** The newest seal of the audit, kept beside the database. */
  public SealMark sealMark() {
    return database.directory().sealMark(steps);
  }

  /** Adds a seal in a transaction of its own. */
  public void addSeal(AuditSeals.Sealed seal) {
    change(
        tx -> {
          tx.seals().add(seal);
          steps.reached(Step.SEAL_WRITTEN);
        });
    steps.reached(Step.SEAL_COMMITTED);
  }

  /** The writer, which commits accesses and audit entries for many at once. */
  public CommitWriter writer() {
    return writer;
  }

  /**
   * Has this called after each commit that owes a notification, on the writer's thread: it wakes
   * the relay and must be quick.
   */
  public void afterOwing(Runnable listener) {
    writer.afterOwing(listener);
  }

  /**
   * Carries out the function in one transaction and commits; rolls back when it throws, or had all
   * undone. The whole is repeated a few times after a deadlock or a lock not had in time, so the
   * function changes nothing but the store.
   */
  public <T> T inTransaction(Function<Transaction, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (StoreException e) {
        if (!e.passing() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The same for changes that answer nothing. */
  public void change(Consumer<Transaction> work) {
    inTransaction(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /** The same for questions: what is read is committed data, each statement by itself. */
  public <T> T read(Function<Transaction, T> question) {
    return inTransaction(question);
  }

  /** Whether it is likely to work; says what is wrong by a {@link StoreException}. */
  public void check() {
    damage.check();
    writer.check();
    read(tx -> tx.watermark().get());
  }

  private <T> T once(Function<Transaction, T> work) {
    Connection connection = connections.fromPool();
    try (connection) {
      Transaction transaction = new Transaction(new Sql(connection));
      T result = attempt(connection, transaction, work);
      if (transaction.undone()) {
        connection.rollback();
        return result;
      }
      connection.commit();
      if (!transaction.unnumbered().isEmpty()) {
        steps.reached(Step.ROWS_COMMITTED);
        writer.number(transaction.unnumbered());
      }
      return result;
    } catch (SQLException e) {
      throw new StoreException("could not commit", e);
    }
  }

  private <T> T attempt(
      Connection connection, Transaction transaction, Function<Transaction, T> work) {
    try {
      return work.apply(transaction);
    } catch (RuntimeException | Error e) {
      damage.notice(e);
      try {
        connection.rollback();
      } catch (SQLException second) {
        e.addSuppressed(new StoreException("could not roll back", second));
      }
      throw e;
    }
  }

  /** Ends the writer, gives up the connections and shuts the database down. */
  @Override
  public void close() {
    writer.close();
    connections.close();
    database.close();
  }
}
