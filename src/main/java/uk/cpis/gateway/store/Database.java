package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/** The Derby database of the store: booting it, with the key, and shutting it down. */
final class Database {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String MIGRATIONS = "classpath:uk/cpis/gateway/store/migration";
  private static final String ALGORITHM = "AES/CBC/NoPadding";

  /** Shut down well, or not running any more: Derby goes down by itself when its log fails. */
  private static final Set<String> DOWN = Set.of("08006", "XJ004");

  private final StoreDirectory directory;
  private final EncryptionKey key;
  private final WritableSource writable;
  private Optional<String> keyChange = Optional.empty();

  private Database(StoreDirectory directory, EncryptionKey key) {
    this.directory = directory;
    this.key = key;
    this.writable = new WritableSource(() -> shutDown(directory.database()));
    writable.setDatabaseName(directory.database().toString());
    writable.setConnectionAttributes(attributes(key));
  }

  /** Opens the database, or makes it where nobody objects to that. */
  static Database open(StoreSettings settings, Making making, Steps steps) {
    return open(settings, "latest", making, steps);
  }

  /** Opens a database that is there; makes nothing, not even a folder. */
  static Database existing(StoreSettings settings) {
    if (!StoreDirectory.isIn(settings.directory())) {
      throw new StoreException("there is no store in " + settings.directory().toAbsolutePath());
    }
    return open(settings, Making.UNASKED, Steps.NONE);
  }

  /** With the schema of a version: the tests open stores of earlier ones. */
  static Database open(StoreSettings settings, String version, Steps steps) {
    return open(settings, version, Making.UNASKED, steps);
  }

  private static Database open(StoreSettings settings, String version, Making making, Steps steps) {
    StoreDirectory directory = StoreDirectory.open(settings.directory());
    Database database = new Database(directory, settings.key());
    try {
      DerbyEngine.prepare(settings);
      directory.refuseUnfinishedRestore();
      database.settleKeyChange();
      if (!directory.holdsDatabase()) {
        directory.refuseLeftOvers();
        making.allow(directory.toString());
        directory.create(
            place -> {
              database.create(place);
              steps.reached(Step.STORE_MADE);
            });
      }
      database.boot();
      database.migrate(version, steps);
      return database;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Encrypts a database that is there, and on which nobody works, with another key. */
  static void changeKey(
      StoreSettings settings, EncryptionKey next, Consumer<KeyChange.Stage> reached) {
    if (!StoreDirectory.isIn(settings.directory())) {
      throw new StoreException("there is no store in " + settings.directory().toAbsolutePath());
    }
    StoreDirectory directory = StoreDirectory.open(settings.directory());
    try {
      DerbyEngine.prepare(settings);
      directory.refuseUnfinishedRestore();
      directory.settleKeyChange();
      new KeyChange(directory, settings.key(), next, reached).run();
    } finally {
      directory.close();
    }
  }

  /** A database made of a backup's; its folder is no store before it is said to be restored. */
  static Database restore(StoreSettings settings, Path backup, Steps steps) {
    StoreDirectory directory = StoreDirectory.open(settings.directory());
    Database database = new Database(directory, settings.key());
    try {
      DerbyEngine.prepare(settings);
      directory.restore(place -> database.createFrom(backup, place));
      database.boot();
      database.migrate("latest", steps);
      return database;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** From now on the folder is the store. */
  void restored() {
    directory.restored();
  }

  StoreDirectory directory() {
    return directory;
  }

  /** Connections to the database as it stands; boots it again should it have gone down. */
  DataSource dataSource() {
    return writable;
  }

  static String attributes(EncryptionKey key) {
    return "encryptionKey=" + key.hex() + ";encryptionAlgorithm=" + ALGORITHM;
  }

  private void create(Path place) {
    String creation =
        "create=true;dataEncryption=true;encryptionKeyLength=" + key.bits() + ";" + attributes(key);
    connectOnce(source(place, creation), "could not create the store");
    shutDown(place);
  }

  /** The copy says itself that it is encrypted: saying it again is refused. */
  private void createFrom(Path backup, Path place) {
    String from = backup.toAbsolutePath().normalize().toString();
    if (from.contains(";")) {
      throw new StoreException("the path of a backup must not contain a semicolon: " + from);
    }
    String creation = "createFrom=" + from + ";encryptionKeyLength=" + key.bits();
    connectOnce(source(place, creation + ";" + attributes(key)), "could not restore " + backup);
    shutDown(place);
  }

  private void settleKeyChange() {
    keyChange = directory.settleKeyChange();
    keyChange.ifPresent(
        counts -> LOG.warn("CPG-KEY-CHANGE-INTERRUPTED store={} then=\"{}\"", directory, counts));
  }

  private void boot() {
    String interrupted =
        keyChange
            .map(counts -> " (a change of its key was interrupted: " + counts + ")")
            .orElse("");
    connectOnce(dataSource(), "could not open the store in " + directory + interrupted);
  }

  static void connectOnce(DataSource source, String attempted) {
    try (Connection connection = source.getConnection()) {
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException(attempted + BootFailure.explained(e), e);
    }
  }

  private void migrate(String version, Steps steps) {
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(dataSource())
          .locations(MIGRATIONS)
          .target(version)
          .callbacks(new EachMigration(steps))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException("could not bring the store's schema to the newest version", e);
    }
  }

  static EmbeddedDataSource source(Path place, String attributes) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(place.toString());
    source.setConnectionAttributes(attributes);
    return source;
  }

  void close() {
    shutDown(directory.database());
    directory.close();
  }

  /** Derby reports a good shutdown as an exception of its own state. */
  static void shutDown(Path place) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(place.toString());
    source.setShutdownDatabase("shutdown");
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      if (!DOWN.contains(e.getSQLState())) {
        throw new StoreException("could not shut the store down", e);
      }
    }
  }
}
