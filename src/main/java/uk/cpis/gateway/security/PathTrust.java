package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.CertificatePurpose;
import uk.cpis.gateway.pki.CertificateVerdict;

/** Judges a certificate for one purpose by its path and its revocation. */
record PathTrust(CertificatePaths paths, CertificatePurpose purpose) implements SignerTrust {

  @Override
  public CertificateVerdict judge(X509Certificate certificate, Instant at) {
    return paths.check(certificate, purpose, at);
  }

  @Override
  public Object basis() {
    return paths.basis();
  }
}
