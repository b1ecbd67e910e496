package uk.cpis.gateway.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Takes fingerprints of certificates: SHA-256 over the DER form. */
public final class CertificateFingerprints {
  private CertificateFingerprints() {}

  public static CertificateFingerprint of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Pem.encoded(certificate));
      return new CertificateFingerprint(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
