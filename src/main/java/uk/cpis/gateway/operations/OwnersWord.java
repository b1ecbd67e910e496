package uk.cpis.gateway.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever may write into a folder of the gateway's own from everybody else on the host: he
 * puts an empty file there, under a name that nobody guesses, and names it once.
 */
record OwnersWord(Path folder) {

  private static final Pattern NAME =
      Pattern.compile("asked-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Whether this file is there; it counts once, and is gone then. */
  boolean holds(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      return false;
    }
    try {
      return Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new OperationsException("cannot take away a file of " + folder, e);
    }
  }
}
