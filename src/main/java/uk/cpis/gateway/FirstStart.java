package uk.cpis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.Backup;

/**
 * Whether this is the first start of a gateway, judged by what lies beside its store. A disk that
 * is not there or a mistyped folder looks like a first start too, and a gateway with an empty store
 * would tell clinicians that nothing is known of any child.
 */
final class FirstStart {

  private static final int DEEP_ENOUGH = 3;
  private static final String WAYS =
      ": put the store's folder in its place (is its disk there? is cpis.store.directory right?) or"
          + " restore a backup; to begin with an empty store";

  private FirstStart() {}

  /** What speaks against making an empty store. Throws when another gateway has the journal. */
  static Optional<String> objection(GatewayConfig settings) {
    if (settings.store().mustExist()) {
      return Optional.of(
          "cpis.store.must-exist is set" + WAYS + ", take the setting away for one start");
    }
    Path queue = settings.queue().directory();
    if (holdsFiles(queue)) {
      Lanes.requireFree(queue);
      return Optional.of(
          "the journal in " + queue + " is left of one" + WAYS + ", move the journal away too");
    }
    return settings
        .backup()
        .folder()
        .filter(folder -> Backup.newestIn(folder).isPresent())
        .map(
            folder ->
                "the backups in " + folder + " are left of one" + WAYS + ", move them away too");
  }

  private static boolean holdsFiles(Path folder) {
    if (Files.notExists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder, DEEP_ENOUGH)) {
      return files.anyMatch(each -> each.toFile().length() > 0 && Files.isRegularFile(each));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
