package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import uk.cpis.gateway.pki.CertificateVerdict;

/**
 * Judges at each message again who is at the other end of the connection, since a connection may
 * outlive the trust it was opened with. Safe for threads.
 *
 * @param tlsClock the clock that the connection was judged by
 */
public record PeerTrust(SignerTrust callers, InstantSource tlsClock) {

  /** Why the other end is no longer believed; empty while it is. */
  public Optional<String> objection(X509Certificate caller) {
    return objection(judge(caller));
  }

  /** What is to be thought of the other end now. */
  CertificateVerdict judge(X509Certificate caller) {
    return callers.judge(caller, tlsClock.instant());
  }

  static Optional<String> objection(CertificateVerdict verdict) {
    return verdict instanceof CertificateVerdict.Refused refused
        ? Optional.of(refused.explanation())
        : Optional.empty();
  }

  /** Whether it passes only because its revocation may be unknown for a while. */
  static boolean unknown(CertificateVerdict verdict) {
    return verdict instanceof CertificateVerdict.Trusted trusted && !trusted.revocationKnown();
  }
}
