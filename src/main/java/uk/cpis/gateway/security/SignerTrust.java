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

  /** What a judgement rests on; remembered trust ends when it is another object. */
  default Object basis() {
    return SignerTrust.class;
  }

  /** By path, purpose and revocation. */
  static SignerTrust of(CertificatePaths paths) {
    return new PathTrust(paths, CertificatePurpose.MESSAGE_SIGNING);
  }

  /** The same of the calling side of a connection. */
  static SignerTrust ofCallers(CertificatePaths paths) {
    return new PathTrust(paths, CertificatePurpose.TLS_CLIENT);
  }

  /**
   * The same, trust being remembered this long, but never across a change of CAs or revocation
   * lists.
   */
  default SignerTrust remembered(Duration memory) {
    return new RememberedTrust(this, memory);
  }
}
