package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * A request as evidence of who sent it.
 *
 * @param digest SHA-256 of the signature before it was packed: it is sealed with the audit
 * @param signature packed; empty when it is of an unusual size, and then not accepted
 * @param message the whole of it, packed, where that is kept
 */
public record SignedRequest(String digest, Optional<byte[]> signature, Optional<byte[]> message) {

  @Override
  public String toString() {
    return "SignedRequest[" + digest + "]";
  }
}
