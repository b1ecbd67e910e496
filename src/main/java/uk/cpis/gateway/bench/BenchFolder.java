package uk.cpis.gateway.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a bench, held by one run at a time. What it deletes is its own: the folder {@code
 * estate} and the queries.
 */
final class BenchFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private BenchFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder where it is absent, and clears away the last run's store. */
  static BenchFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      BenchFolder opened = new BenchFolder(folder, lock);
      if (held(lock) == null) {
        lock.close();
        throw new BenchException("another bench runs in " + folder);
      }
      opened.clear();
      return opened;
    } catch (IOException e) {
      throw new BenchException("cannot use the folder " + folder, e);
    }
  }

  private static @Nullable FileLock held(FileChannel lock) throws IOException {
    try {
      return lock.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Where the gateway and its data live. */
  Path estate() {
    return folder.resolve("estate");
  }

  /** Where signed queries of this name lie until they are sent. */
  Path queries(String name) {
    return folder.resolve("queries-" + name);
  }

  /** What the gateway logs. */
  Path log() {
    return folder.resolve("gateway.log");
  }

  private void clear() throws IOException {
    if (Files.notExists(estate())) {
      return;
    }
    try (Stream<Path> files = Files.walk(estate())) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new BenchException("cannot give back the folder " + folder, e);
    }
  }
}
