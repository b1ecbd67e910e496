package uk.cpis.gateway.domain;

/** The kind of key the gateway signs with for a system: RSA unless it is registered for EC. */
public enum SignatureKind {
  RSA,
  EC
}
