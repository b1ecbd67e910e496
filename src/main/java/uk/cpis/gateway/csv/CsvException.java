package uk.cpis.gateway.csv;

import java.nio.file.Path;
import java.util.List;

/** A file that cannot be read or written, or that holds what it must not; all faults at once. */
public final class CsvException extends RuntimeException {

  private final List<String> faults;

  CsvException(Path file, List<String> faults) {
    super(file.getFileName() + ": " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  CsvException(Path file, String fault, Throwable cause) {
    super(file.getFileName() + ": " + fault, cause);
    this.faults = List.of(fault);
  }

  /** Each fault with its line and column; none shows what stood there. */
  public List<String> faults() {
    return faults;
  }
}
