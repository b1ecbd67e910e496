package uk.cpis.gateway.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes files of the registration so that whoever reads meanwhile finds the old one or the new
 * one, whole, and leaves alone what is the same.
 */
final class Replacing {

  /** What writes a file. */
  interface Writing {
    void to(Path file) throws IOException;
  }

  private final Path workplace;

  /**
   * @param workplace a folder of the same disk that is no part of what is read
   */
  Replacing(Path workplace) {
    this.workplace = workplace;
  }

  /** Has the file hold what this writes. */
  void with(Path file, Writing writing) throws IOException {
    Path unfinished =
        workplace.resolve("." + file.getFileName() + "-" + UUID.randomUUID() + ".unfinished");
    try {
      writing.to(unfinished);
      if (!same(unfinished, file)) {
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.isRegularFile(other)
        && Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other));
  }
}
