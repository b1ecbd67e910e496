package uk.cpis.gateway.domain;

/** What of a signed request is kept as evidence of who asked. */
public enum RequestEvidence {
  /** The digests of its signed parts and the signature over them. */
  SIGNATURE,
  /** These, and the whole message as it came. */
  MESSAGE
}
