package uk.cpis.gateway.pki;

/** Keys, certificates or revocation lists could not be read, written or used. */
public final class KeyMaterialException extends RuntimeException {
  public KeyMaterialException(String message) {
    super(message);
  }

  public KeyMaterialException(String message, Throwable cause) {
    super(message, cause);
  }
}
