package uk.cpis.gateway.domain;

/**
 * The verified sender of a message: the one registered system on which transport certificate,
 * signing certificate and claimed ASID agree. Only the security package constructs one.
 */
public record Sender(
    AccreditedSystem system,
    CertificateFingerprint transport,
    CertificateFingerprint signing,
    String remoteAddress) {

  public Asid asid() {
    return system.asid();
  }
}
