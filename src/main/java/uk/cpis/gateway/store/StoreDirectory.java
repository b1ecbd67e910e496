package uk.cpis.gateway.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.cpis.gateway.steps.Steps;

/**
 * The store's folder: locked for one process and one opening. A database is made aside and moved to
 * its place when it is whole, so that a crash meanwhile leaves nothing that looks like one.
 */
final class StoreDirectory {

  static final String LOG = "derby.log";
  private static final String LOCK = "lock";
  private static final String DATABASE = "database";
  private static final String MAKING = "making";

  /** Where the database is encrypted with another key, and what it was with the former one. */
  private static final String CHANGING_KEY = "changing-key";

  private static final String FORMER_KEY = "former-key";

  /** Stands there while a restored database is made ready. */
  private static final String RESTORING = "restoring";

  private final Path path;
  private final FileChannel lock;

  private StoreDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static StoreDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      OwnFiles.folders(path);
      return new StoreDirectory(path, locked(path));
    } catch (IOException e) {
      throw new StoreException("could not use the store's folder " + path, e);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel = OwnFiles.channel(path.resolve(LOCK));
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new StoreException("the store in " + path + " is open already in this process");
    }
    channel.close();
    throw new StoreException("the store in " + path + " is open already in another process");
  }

  /** Whether a database is in this folder; makes nothing. */
  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(DATABASE)) || Files.exists(directory.resolve(FORMER_KEY));
  }

  Path database() {
    return path.resolve(DATABASE);
  }

  Tidemark tidemark() {
    return new Tidemark(path.resolve("newest"));
  }

  SealMark sealMark(Steps steps) {
    return new SealMark(path.resolve("last-seal"), steps);
  }

  boolean holdsDatabase() {
    return Files.exists(database());
  }

  /** Makes the database aside by the given function and moves it to its place. */
  void create(Consumer<Path> maker) {
    refuseLeftOvers();
    Path making = path.resolve(MAKING);
    try {
      removeAll(making);
      OwnFiles.folder(making);
      maker.accept(making.resolve(DATABASE));
      OwnFiles.close(making);
      Files.move(making.resolve(DATABASE), database(), StandardCopyOption.ATOMIC_MOVE);
      removeAll(making);
    } catch (IOException e) {
      throw new StoreException("could not make the store in " + path, e);
    }
  }

  /** The same in a folder in which nothing is; what it is made of counts only when it is ready. */
  void restore(Consumer<Path> maker) {
    Path mark = path.resolve(RESTORING);
    if (holdsDatabase() || !Files.exists(mark) && !others().isEmpty()) {
      throw new StoreException(
          "a store is restored into an empty folder only, and "
              + path
              + " holds something: move it away first, or name another folder");
    }
    try {
      OwnFiles.write(mark, "this folder is no store yet\n");
    } catch (IOException e) {
      throw new StoreException("could not restore into " + path, e);
    }
    create(maker);
  }

  /** Ends what a restore began. */
  void restored() {
    try {
      Files.delete(path.resolve(RESTORING));
    } catch (IOException e) {
      throw new StoreException("could not end the restore into " + path, e);
    }
  }

  void refuseUnfinishedRestore() {
    if (Files.exists(path.resolve(RESTORING))) {
      throw new StoreException(
          "a restore into "
              + path
              + " did not come to its end: empty the folder and restore again");
    }
  }

  /** A copy of the database, on disk, to be encrypted with another key. */
  Path copyForAnotherKey() {
    Path folder = path.resolve(CHANGING_KEY);
    Path copy = folder.resolve(DATABASE);
    try {
      removeAll(folder);
      OwnFiles.folder(folder);
      try (Stream<Path> files = Files.walk(database())) {
        for (Path file : files.toList()) {
          Files.copy(
              file,
              copy.resolve(database().relativize(file).toString()),
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return copy;
    } catch (IOException e) {
      throw new StoreException("could not copy the store in " + path, e);
    }
  }

  /** From now on there is no database but the one that the former key opens, under its name. */
  void putAside() {
    move(database(), path.resolve(FORMER_KEY));
  }

  /** From now on the other one is the database. */
  void putInPlace(Path copy) {
    try {
      OwnFiles.close(copy);
      for (Path file : Digests.files(copy)) {
        force(file, StandardOpenOption.WRITE);
      }
      move(copy, database());
    } catch (IOException e) {
      throw new StoreException("could not put the store in " + path + " on disk", e);
    }
  }

  /**
   * Ends a change of the key that was interrupted: undone before its last move, done after it;
   * which key counts, where there was one.
   */
  Optional<String> settleKeyChange() {
    Path former = path.resolve(FORMER_KEY);
    boolean interrupted = Files.exists(former) || Files.exists(path.resolve(CHANGING_KEY));
    boolean done = Files.exists(former) && holdsDatabase();
    if (Files.exists(former) && !holdsDatabase()) {
      move(former, database());
    }
    try {
      removeAll(path.resolve(CHANGING_KEY));
      removeAll(former);
    } catch (IOException e) {
      throw new StoreException("could not tidy up in " + path, e);
    }
    return Optional.of(done ? "the new key counts" : "the former key counts")
        .filter(key -> interrupted);
  }

  private void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      if (File.separatorChar == '/') {
        force(path, StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw new StoreException("could not move " + from + " to " + to, e);
    }
  }

  private static void force(Path place, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(place, how)) {
      channel.force(true);
    }
  }

  /** How many bytes the database has on disk. */
  long bytes() {
    try {
      long bytes = 0;
      for (Path file : Digests.files(database())) {
        bytes += file.toFile().length();
      }
      return bytes;
    } catch (IOException e) {
      throw new StoreException("could not look into the store's folder " + path, e);
    }
  }

  /** Files without a database are what is left of one: never begin anew over them. */
  void refuseLeftOvers() {
    if (!others().isEmpty()) {
      throw new StoreException(
          "the store's folder "
              + path
              + " holds files but no database: it is damaged or not the store's; restore it from"
              + " a backup, or name an empty folder");
    }
  }

  private List<String> others() {
    Set<String> ours = Set.of(LOCK, MAKING, RESTORING);
    try (Stream<Path> files = Files.list(path)) {
      boolean making = Files.exists(path.resolve(MAKING)) || Files.exists(path.resolve(RESTORING));
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !ours.contains(name) && !(making && name.equals(LOG)))
          .toList();
    } catch (IOException e) {
      throw new StoreException("could not look into the store's folder " + path, e);
    }
  }

  static void removeAll(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Gives the lock back. */
  void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("could not give back the lock of " + path, e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
