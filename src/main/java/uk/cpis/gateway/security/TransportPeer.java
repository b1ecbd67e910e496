package uk.cpis.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.pki.CertificateFingerprints;

/** Who is at the other end of the connection, by its certificate, and from where. */
public record TransportPeer(Optional<CertificateFingerprint> certificate, String remoteAddress) {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  static Optional<X509Certificate> certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }

  static TransportPeer of(HttpServletRequest request) {
    Optional<CertificateFingerprint> certificate =
        certificate(request).map(CertificateFingerprints::of);
    return new TransportPeer(certificate, request.getRemoteAddr());
  }
}
