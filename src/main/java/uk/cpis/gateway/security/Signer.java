package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import uk.cpis.gateway.pki.CertificateVerdict;

/** Finds the signer's certificate and has it judged, before its key is used for anything. */
final class Signer {
  private final SignerTrust trust;
  private final RegisteredCertificates registered;

  Signer(SignerTrust trust, RegisteredCertificates registered) {
    this.trust = trust;
    this.registered = registered;
  }

  /**
   * One that was believed, and how at that moment.
   *
   * @param revocationKnown false where it passed only because that may be unknown for a while
   */
  record Believed(X509Certificate certificate, boolean revocationKnown) {}

  Believed trusted(KeyReference reference, Instant at) {
    List<X509Certificate> candidates =
        reference instanceof KeyReference.Token token
            ? List.of(token.certificate())
            : registered.find(reference);
    RefusalException.unless(
        !candidates.isEmpty(),
        RefusalCause.CERTIFICATE_UNKNOWN,
        reference.kind() + " that no registered certificate has");
    String reason = "";
    for (X509Certificate candidate : candidates) {
      CertificateVerdict verdict = trust.judge(candidate, at);
      if (verdict instanceof CertificateVerdict.Trusted believed) {
        return new Believed(candidate, believed.revocationKnown());
      }
      reason = ((CertificateVerdict.Refused) verdict).explanation();
    }
    throw RefusalException.of(RefusalCause.CERTIFICATE_REFUSED, reason);
  }
}
