package uk.cpis.gateway.queue;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's folder, locked for one process and one opening. What lies in it can be put aside,
 * because the store knows all that a journal holds.
 */
final class JournalFolder implements AutoCloseable {

  static final String JOURNAL = "journal";
  static final String BINDINGS = "bindings";
  static final String PAGING = "paging";
  static final String LARGE = "large";

  private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);

  private static final List<String> DATA = List.of(JOURNAL, BINDINGS, PAGING, LARGE);
  private static final String LOCK = "lock";
  private static final String ASIDE = "damaged";

  /** Here from the moment that a journal was put aside until a broker has started without it. */
  private static final String BEGINNING = "beginning-anew";

  /** What a fresh journal takes, with as much again to work in. */
  private static final long ROOM = 48L << 20;

  private final Path path;
  private final FileChannel lock;

  private JournalFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Takes the folder; empty when nothing can be written there. Throws when another has it. */
  static Optional<JournalFolder> open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      return Optional.of(new JournalFolder(path, locked(path)));
    } catch (IOException e) {
      LOG.debug("the broker's folder {} cannot be used", path, e);
      return Optional.empty();
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
      throw new QueueException("the broker's folder " + path + " is in use in this process");
    }
    channel.close();
    throw new QueueException("the broker's folder " + path + " is in use by another process");
  }

  /** Whether a broker could make a fresh journal here; if not, nothing is said of the old one. */
  boolean hasRoom() {
    try {
      Path probe = Files.createTempFile(path, "probe", "");
      Files.delete(probe);
      return Files.getFileStore(path).getUsableSpace() > ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts what is here aside, in place of what was put aside before; where it lies now. */
  Path putAside() {
    Path aside = path.resolve(ASIDE);
    try {
      removeAll(aside);
      Files.createDirectory(aside);
      for (String each : DATA) {
        if (Files.exists(path.resolve(each))) {
          Files.move(path.resolve(each), aside.resolve(each), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      Files.createFile(path.resolve(BEGINNING));
      return aside;
    } catch (IOException e) {
      throw new QueueException("putting the broker's files in " + path + " aside", e);
    }
  }

  /** Whether a journal was put aside and no broker has started since. */
  boolean beginning() {
    return Files.exists(path.resolve(BEGINNING));
  }

  /** Takes away what a start left that failed after a journal was put aside: nothing is in it. */
  void removeFailedBeginning() {
    try {
      for (String each : beginning() ? DATA : List.<String>of()) {
        removeAll(path.resolve(each));
      }
    } catch (IOException e) {
      throw new QueueException("beginning anew in " + path, e);
    }
  }

  /** A broker has started: should its journal be damaged one day, that is another matter. */
  void begun() {
    try {
      Files.deleteIfExists(path.resolve(BEGINNING));
    } catch (IOException e) {
      LOG.debug("the next start in {} begins anew once more, which the store makes good", path, e);
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

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new QueueException("giving back the lock of " + path, e);
    }
  }
}
