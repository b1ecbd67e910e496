package uk.cpis.gateway.outbound;

import java.net.URI;
import java.util.Set;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.SignatureKind;

/**
 * Where an authority's system listens, which certificates it may show and sign with, and the kind
 * of key with which the gateway signs for it.
 */
public record AuthorityEndpoint(
    URI address,
    Asid asid,
    Set<CertificateFingerprint> tlsCertificates,
    Set<CertificateFingerprint> signingCertificates,
    SignatureKind signatureKind) {

  /** Takes an address that is https, and copies the sets. */
  public AuthorityEndpoint {
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException("an authority is reached by https only");
    }
    tlsCertificates = Set.copyOf(tlsCertificates);
    signingCertificates = Set.copyOf(signingCertificates);
  }
}
