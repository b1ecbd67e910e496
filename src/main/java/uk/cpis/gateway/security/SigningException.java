package uk.cpis.gateway.security;

/** A message could not be signed: the key cannot be used. */
public final class SigningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SigningException(String attempted, Throwable cause) {
    super(attempted, cause);
  }
}
