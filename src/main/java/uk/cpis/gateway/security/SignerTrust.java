package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.CertificatePurpose;
import uk.cpis.gateway.pki.CertificateVerdict;

/** Judges a signer's certificate at a moment. */
@FunctionalInterface
public interface SignerTrust {

  CertificateVerdict judge(X509Certificate certificate, Instant at);

  /** By path, purpose and revocation. */
  static SignerTrust of(CertificatePaths paths) {
    return (certificate, at) -> paths.check(certificate, CertificatePurpose.MESSAGE_SIGNING, at);
  }

  /** The same, trust being remembered this long; a revocation is noticed that much later. */
  default SignerTrust remembered(Duration memory) {
    return new RememberedTrust(this, memory);
  }
}
