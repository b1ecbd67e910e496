package uk.cpis.gateway.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of a file as it was at one moment, to be read more than once. */
public final class CsvText {

  private final Path file;
  private final byte[] content;

  private CsvText(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /** Reads the whole file into memory. */
  public static CsvText of(Path file) {
    try {
      return new CsvText(file, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new CsvException(file, "cannot be read", unreadable);
    }
  }

  Path file() {
    return file;
  }

  InputStream open() {
    return new ByteArrayInputStream(content);
  }
}
