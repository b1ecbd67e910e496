package uk.cpis.gateway.evidence;

/** A file or key that evidence is made of or checked by could not be used. */
public final class EvidenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EvidenceException(String message) {
    super(message);
  }

  public EvidenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
