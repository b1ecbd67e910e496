package uk.cpis.gateway.domain;

/**
 * The verified sender of a message: the one registered system on which transport certificate,
 * signing certificate and claimed ASID agree. Only the security package constructs one.
 *
 * @param revocationUnknown whether it was let in, for a while, though nobody knows whether one of
 *     its certificates is revoked
 */
public record Sender(
    AccreditedSystem system,
    CertificateFingerprint transport,
    CertificateFingerprint signing,
    String remoteAddress,
    boolean revocationUnknown) {

  /** One of whose certificates all is known. */
  public Sender(
      AccreditedSystem system,
      CertificateFingerprint transport,
      CertificateFingerprint signing,
      String remoteAddress) {
    this(system, transport, signing, remoteAddress, false);
  }

  public Asid asid() {
    return system.asid();
  }
}
