package uk.cpis.gateway.csv;

import java.util.List;

/** A file that could not be read or written, or that holds what it must not; all faults at once. */
public final class CsvException extends RuntimeException {

  private final List<String> faults;

  CsvException(String attempt, List<String> faults) {
    super(attempt + ": " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  CsvException(String attempt, Throwable cause) {
    super(attempt, cause);
    this.faults = List.of(attempt);
  }

  /** Each fault with its line and column; none shows what stood there. */
  public List<String> faults() {
    return faults;
  }
}
