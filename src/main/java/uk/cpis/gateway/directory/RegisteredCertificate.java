package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.pki.CertificateFingerprints;

/**
 * A certificate of a system, and from when until when it is the system's: while the old one and the
 * new one overlap, either will do. Its own dates and its revocation are judged beside this.
 */
public record RegisteredCertificate(X509Certificate certificate, Validity validity) {

  /** As long as the system is registered. */
  public static RegisteredCertificate always(X509Certificate certificate) {
    return new RegisteredCertificate(certificate, Validity.ALWAYS);
  }

  public CertificateFingerprint fingerprint() {
    return CertificateFingerprints.of(certificate);
  }
}
