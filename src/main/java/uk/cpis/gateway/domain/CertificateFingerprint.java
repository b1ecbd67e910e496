package uk.cpis.gateway.domain;

import java.util.Locale;

/**
 * SHA-256 of a certificate's DER form, in lower-case hexadecimal; how a certificate is registered.
 */
public record CertificateFingerprint(String hex) {

  /** Takes 64 hexadecimal digits in either case, with or without colons. */
  public CertificateFingerprint {
    hex = hex.replace(":", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a certificate fingerprint is 64 hexadecimal digits");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
