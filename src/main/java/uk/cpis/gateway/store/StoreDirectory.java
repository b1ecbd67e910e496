package uk.cpis.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The store's folder: locked for one process and one opening. A database is made aside and moved to
 * its place when it is whole, so that a crash meanwhile leaves nothing that looks like one.
 */
final class StoreDirectory {

  static final String LOG = "derby.log";
  private static final String LOCK = "lock";
  private static final String DATABASE = "database";
  private static final String MAKING = "making";

  private final Path path;
  private final FileChannel lock;

  private StoreDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static StoreDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      return new StoreDirectory(path, locked(path));
    } catch (IOException e) {
      throw new StoreException("could not use the store's folder " + path, e);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  Path database() {
    return path.resolve(DATABASE);
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
      Files.createDirectory(making);
      maker.accept(making.resolve(DATABASE));
      Files.move(making.resolve(DATABASE), database(), StandardCopyOption.ATOMIC_MOVE);
      removeAll(making);
    } catch (IOException e) {
      throw new StoreException("could not make the store in " + path, e);
    }
  }

  /** Files without a database are what is left of one: never begin anew over them. */
  private void refuseLeftOvers() {
    Set<String> ours = Set.of(LOCK, MAKING);
    try (Stream<Path> files = Files.list(path)) {
      boolean making = Files.exists(path.resolve(MAKING));
      List<String> others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !ours.contains(name) && !(making && name.equals(LOG)))
              .toList();
      if (!others.isEmpty()) {
        throw new StoreException(
            "the store's folder "
                + path
                + " holds files but no database: it is damaged or not the store's; restore it from"
                + " a backup, or name an empty folder");
      }
    } catch (IOException e) {
      throw new StoreException("could not look into the store's folder " + path, e);
    }
  }

  private static void removeAll(Path tree) throws IOException {
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
