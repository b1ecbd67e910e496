package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import uk.cpis.gateway.pki.CertificateVerdict;

/**
 * Remembers for a while that a certificate is trusted, because judging one costs more than the
 * message's own signature. Refusals are not remembered, nor is trust beyond the certificate's own
 * end, nor across a change of CAs or revocation lists, nor while revocation is unknown. Safe for
 * threads.
 */
final class RememberedTrust implements SignerTrust {
  private static final int MOST = 10_000;

  private final SignerTrust trust;
  private final Duration memory;
  private final ConcurrentMap<X509Certificate, Remembered> verdicts = new ConcurrentHashMap<>();

  private record Remembered(CertificateVerdict verdict, Object basis, Instant from, Instant until) {
    boolean holds(Object now, Instant at) {
      return basis == now && !at.isBefore(from) && at.isBefore(until);
    }
  }

  RememberedTrust(SignerTrust trust, Duration memory) {
    this.trust = trust;
    this.memory = memory;
  }

  @Override
  public CertificateVerdict judge(X509Certificate certificate, Instant at) {
    Object basis = trust.basis();
    Remembered known = verdicts.get(certificate);
    if (known != null && known.holds(basis, at)) {
      return known.verdict();
    }
    CertificateVerdict verdict = trust.judge(certificate, at);
    if (verdict instanceof CertificateVerdict.Trusted trusted && trusted.revocationKnown()) {
      remember(certificate, verdict, basis, at);
    } else {
      verdicts.remove(certificate);
    }
    return verdict;
  }

  @Override
  public Object basis() {
    return trust.basis();
  }

  private void remember(
      X509Certificate certificate, CertificateVerdict verdict, Object basis, Instant at) {
    Instant end = certificate.getNotAfter().toInstant();
    Instant until = at.plus(memory);
    if (verdicts.size() >= MOST) {
      verdicts.clear();
    }
    verdicts.put(
        certificate, new Remembered(verdict, basis, at, until.isBefore(end) ? until : end));
  }
}
