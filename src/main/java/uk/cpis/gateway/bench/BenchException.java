package uk.cpis.gateway.bench;

/** The bench itself cannot go on: a process that does not start, a file that cannot be written. */
public final class BenchException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
