package uk.cpis.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.function.Consumer;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * Encrypts the database of a store on which nobody works with another key. A copy is encrypted anew
 * and read through, and takes the database's place when it is whole, so that at every moment there
 * is one database, that one of both keys opens, with all that was committed (decision 25).
 */
final class KeyChange {

  /** How far it has come: for those who interrupt it. */
  enum Stage {
    BEGUN,
    COPIED,
    ENCRYPTED,
    CHECKED,
    PUT_ASIDE,
    PUT_IN_PLACE,
    TIDIED
  }

  /** The copy, and what Derby keeps of it while it encrypts, and a little. */
  private static final double ROOM = 2.2;

  private final StoreDirectory directory;
  private final EncryptionKey former;
  private final EncryptionKey next;
  private final Consumer<Stage> reached;

  KeyChange(
      StoreDirectory directory, EncryptionKey former, EncryptionKey next, Consumer<Stage> reached) {
    this.directory = directory;
    this.former = former;
    this.next = next;
    this.reached = reached;
  }

  /** Does it; what was encrypted with the former key is gone then, but for backups. */
  void run() {
    refuseUnfit();
    refuseWithoutRoom();
    Numbers.Newest newest = newest();
    reached.accept(Stage.BEGUN);
    Path copy = directory.copyForAnotherKey();
    reached.accept(Stage.COPIED);
    encrypt(copy);
    reached.accept(Stage.ENCRYPTED);
    check(copy, newest);
    reached.accept(Stage.CHECKED);
    directory.putAside();
    reached.accept(Stage.PUT_ASIDE);
    directory.putInPlace(copy);
    reached.accept(Stage.PUT_IN_PLACE);
    directory.settleKeyChange();
    reached.accept(Stage.TIDIED);
  }

  private void refuseUnfit() {
    if (next.hex().equalsIgnoreCase(former.hex())) {
      throw new StoreException("the new key is the one that the store has already");
    }
    if (next.bits() != former.bits()) {
      throw new StoreException(
          "the new key must be as long as the one that the store has: " + former.bits() + " bits");
    }
  }

  private void refuseWithoutRoom() {
    try {
      long needed = (long) (directory.bytes() * ROOM);
      long free = Files.getFileStore(directory.database()).getUsableSpace();
      if (free < needed) {
        throw new StoreException(
            "no room to encrypt the store anew: " + needed + " bytes needed, " + free + " free");
      }
    } catch (IOException e) {
      throw new StoreException("could not look at the room of " + directory, e);
    }
  }

  /** Also proves the former key, and leaves the database as after an orderly end. */
  private Numbers.Newest newest() {
    Path place = directory.database();
    EmbeddedDataSource source = Database.source(place, Database.attributes(former));
    Database.connectOnce(source, "could not open the store in " + directory);
    Numbers.Newest newest = new TableChecks(source).newest();
    Database.shutDown(place);
    return newest;
  }

  /** Derby tells of a change that it did not make by a warning only. */
  private void encrypt(Path copy) {
    String attributes = Database.attributes(former) + ";newEncryptionKey=" + next.hex();
    try (Connection connection = Database.source(copy, attributes).getConnection()) {
      SQLWarning warning = connection.getWarnings();
      if (warning != null) {
        throw new StoreException("the store could not be encrypted anew", warning);
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException("the store could not be encrypted anew", e);
    } finally {
      Database.shutDown(copy);
    }
  }

  private void check(Path copy, Numbers.Newest newest) {
    EmbeddedDataSource source = Database.source(copy, Database.attributes(next));
    Database.connectOnce(source, "the store could not be opened with the new key");
    TableChecks checks = new TableChecks(source);
    List<String> faults = checks.faults();
    boolean less = !checks.newest().equals(newest);
    Database.shutDown(copy);
    if (!faults.isEmpty() || less) {
      throw new StoreException(
          "the store is not whole after it was encrypted anew, and was left as it is: " + faults);
    }
  }
}
