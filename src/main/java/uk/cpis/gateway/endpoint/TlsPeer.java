package uk.cpis.gateway.endpoint;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Who is at the other end of the connection: known by its certificate, not by its address. */
record TlsPeer(CertificateFingerprint certificate, String remoteAddress) {

  static TlsPeer of(Request request) {
    if (!(request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session)) {
      throw new IllegalStateException("a request came without TLS");
    }
    return new TlsPeer(fingerprint(session.peerCertificates()[0]), Request.getRemoteAddr(request));
  }

  /** The certificate itself; empty where the connection has none. */
  static Optional<X509Certificate> certificate(Request request) {
    return request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session
        ? Optional.of(session.peerCertificates()[0])
        : Optional.empty();
  }

  static CertificateFingerprint fingerprint(Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new CertificateFingerprint(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate of a verified peer cannot be read", e);
    }
  }
}
