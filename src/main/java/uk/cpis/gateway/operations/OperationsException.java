package uk.cpis.gateway.operations;

/** The operations port could not be opened. */
public final class OperationsException extends RuntimeException {

  OperationsException(String message, Throwable cause) {
    super(message, cause);
  }
}
