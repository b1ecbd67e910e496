package uk.cpis.gateway.endpoint;

/** The endpoints cannot be opened or closed: the port is taken, or the server will not start. */
public final class EndpointException extends RuntimeException {

  EndpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
