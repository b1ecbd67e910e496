package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import uk.cpis.gateway.pki.CertificateVerdict;

/**
 * Judges at each message again who is at the other end of the connection, since a connection may
 * outlive the trust it was opened with; and says whether anything is unknown about the two
 * certificates of a message. Safe for threads.
 *
 * @param tlsClock the clock that the connection was judged by
 */
public record PeerTrust(
    SignerTrust callers, InstantSource tlsClock, SignerTrust signers, InstantSource clock) {

  /** Why the other end is no longer believed; empty while it is. */
  public Optional<String> objection(X509Certificate caller) {
    return callers.judge(caller, tlsClock.instant()) instanceof CertificateVerdict.Refused refused
        ? Optional.of(refused.explanation())
        : Optional.empty();
  }

  /** Whether one of the two passes only because its revocation may be unknown for a while. */
  boolean revocationUnknown(X509Certificate caller, X509Certificate signer) {
    return unknown(callers.judge(caller, tlsClock.instant()))
        || unknown(signers.judge(signer, clock.instant()));
  }

  private static boolean unknown(CertificateVerdict verdict) {
    return verdict instanceof CertificateVerdict.Trusted trusted && !trusted.revocationKnown();
  }
}
