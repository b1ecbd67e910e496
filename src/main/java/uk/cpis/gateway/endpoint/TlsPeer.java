package uk.cpis.gateway.endpoint;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Who is at the other end of the connection: known by its certificate, not by its address. */
record TlsPeer(CertificateFingerprint certificate, String remoteAddress) {

  static TlsPeer of(Request request) {
    if (!(request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session)) {
      throw new IllegalStateException("a request came without TLS");
    }
    return new TlsPeer(fingerprint(session.peerCertificates()), Request.getRemoteAddr(request));
  }

  private static CertificateFingerprint fingerprint(X509Certificate[] chain) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
      return new CertificateFingerprint(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate of a verified peer cannot be read", e);
    }
  }
}
