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
 * end. Safe for threads.
 */
final class RememberedTrust implements SignerTrust {
  private static final int MOST = 10_000;

  private final SignerTrust trust;
  private final Duration memory;
  private final ConcurrentMap<X509Certificate, Remembered> verdicts = new ConcurrentHashMap<>();

  private record Remembered(CertificateVerdict verdict, Instant from, Instant until) {
    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  RememberedTrust(SignerTrust trust, Duration memory) {
    this.trust = trust;
    this.memory = memory;
  }

  @Override
  public CertificateVerdict judge(X509Certificate certificate, Instant at) {
    Remembered known = verdicts.get(certificate);
    if (known != null && known.holds(at)) {
      return known.verdict();
    }
    CertificateVerdict verdict = trust.judge(certificate, at);
    if (verdict instanceof CertificateVerdict.Trusted) {
      remember(certificate, verdict, at);
    } else {
      verdicts.remove(certificate);
    }
    return verdict;
  }

  private void remember(X509Certificate certificate, CertificateVerdict verdict, Instant at) {
    Instant end = certificate.getNotAfter().toInstant();
    Instant until = at.plus(memory);
    if (verdicts.size() >= MOST) {
      verdicts.clear();
    }
    verdicts.put(certificate, new Remembered(verdict, at, until.isBefore(end) ? until : end));
  }
}
