package uk.cpis.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest numbers that were seen committed, in a file beside the database. The database takes
 * the end of its log for where it is cut short, so it would open without a word and without what
 * was committed behind that; the mark knows better. It is never ahead of what was on disk.
 */
final class Tidemark {

  private static final Logger LOG = LoggerFactory.getLogger(Tidemark.class);

  private final Path file;

  Tidemark(Path file) {
    this.file = file;
  }

  /** Keeps them; without room for that the mark stays where it was. */
  synchronized void note(Numbers.Newest newest) {
    try {
      Path aside = file.resolveSibling(file.getFileName() + ".new");
      OwnFiles.write(aside, newest.audited() + " " + newest.owed());
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("the newest numbers could not be noted in {}", file, e);
    }
  }

  /** Refuses a store that has less than was seen committed. */
  void check(Numbers.Newest now) {
    try {
      lost(now)
          .ifPresent(
              fault -> {
                throw new StoreException(fault);
              });
    } catch (UncheckedIOException e) {
      LOG.warn("{}", unknown());
    }
  }

  /** What is wrong with a store that has come this far; empty where there is no mark. */
  Optional<String> faultOf(Numbers.Newest now) {
    try {
      return lost(now);
    } catch (UncheckedIOException e) {
      return Optional.of(unknown());
    }
  }

  private Optional<String> lost(Numbers.Newest now) {
    return seen()
        .filter(seen -> now.audited() < seen.audited() || now.owed() < seen.owed())
        .map(
            seen ->
                "the store has lost what was committed: its newest entry of the audit is "
                    + now.audited()
                    + " and was "
                    + seen.audited()
                    + ", its newest notification "
                    + now.owed()
                    + " and was "
                    + seen.owed()
                    + "; restore it from a backup (README: \"The store has lost its end\")");
  }

  private String unknown() {
    return file + " cannot be read, so it is not known whether anything is lost";
  }

  private Optional<Numbers.Newest> seen() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      String[] parts = Files.readString(file).split(" ");
      return Optional.of(new Numbers.Newest(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new UncheckedIOException(new IOException("no two numbers in " + file, e));
    }
  }
}
