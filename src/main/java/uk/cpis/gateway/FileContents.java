package uk.cpis.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Whether files changed: by all that is in them, since dates of files lie. */
final class FileContents {

  private FileContents() {}

  /** One value for these files' names and contents; what cannot be read counts as absent. */
  static String of(Collection<Path> files) {
    MessageDigest digest = sha256();
    for (Path file : files) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      try {
        digest.update(sha256().digest(Files.readAllBytes(file)));
      } catch (IOException absent) {
        digest.update((byte) 1);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
