package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.store.EncryptionKey;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;

/**
 * Fresh stores for tests: copies of an empty one that is made once, because making takes seconds.
 */
public final class TestStore {

  public static final EncryptionKey KEY = new EncryptionKey("0f".repeat(32));

  private TestStore() {}

  /** The store in this folder, which is an empty one where the folder is absent. */
  public static Store open(Path folder) {
    make(folder);
    return Store.open(settings(folder));
  }

  /** Makes an empty store in this folder, where there is none and nothing else. */
  public static void make(Path folder) {
    try {
      if (Files.notExists(folder)) {
        Files.copy(Once.EMPTY, folder, StandardCopyOption.COPY_ATTRIBUTES);
      }
      if (isEmpty(folder)) {
        copy(Once.EMPTY, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static StoreSettings settings(Path folder) {
    return new StoreSettings(folder, KEY, 2_000, Duration.ofSeconds(3), 8, 1_000, 64);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(from)) {
      files = tree.skip(1).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made when first asked for, by each process of tests anew, and gone when that ends. */
  private static final class Once {

    static final Path EMPTY = made();

    private static Path made() {
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "empty-store").resolve("store");
        OwnerOnly.folder(folder);
        Store.open(settings(folder)).close();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder.getParent())));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
