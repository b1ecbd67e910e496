package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * The verified sender of a message: the one registered system on which transport certificate,
 * signing certificate and claimed ASID agree. Only the security package constructs one.
 *
 * @param revocationUnknown whether it was let in, for a while, though nobody knows whether one of
 *     its certificates is revoked
 * @param request what is kept of the message, as evidence that it was this sender
 */
public record Sender(
    AccreditedSystem system,
    CertificateFingerprint transport,
    CertificateFingerprint signing,
    String remoteAddress,
    boolean revocationUnknown,
    Optional<SignedRequest> request) {

  /** One of whose certificates all is known, and of whose request nothing is kept. */
  public Sender(
      AccreditedSystem system,
      CertificateFingerprint transport,
      CertificateFingerprint signing,
      String remoteAddress) {
    this(system, transport, signing, remoteAddress, false, Optional.empty());
  }

  public Asid asid() {
    return system.asid();
  }
}
