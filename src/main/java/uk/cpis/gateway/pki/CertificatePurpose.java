package uk.cpis.gateway.pki;

import java.util.Set;

/**
 * What a certificate is to be used for, with the extended key usages that allow it.
 *
 * <p>At least one of them must be stated: a certificate without extended key usage, or with
 * "anyExtendedKeyUsage" only, is for nothing in particular and therefore not for this.
 */
public enum CertificatePurpose {
  /** Signing a message: client authentication, or document signing (RFC 9336). */
  MESSAGE_SIGNING(Oids.CLIENT_AUTH, Oids.DOCUMENT_SIGNING),
  /** The calling side of mutual TLS. */
  TLS_CLIENT(Oids.CLIENT_AUTH),
  /** The called side of mutual TLS. */
  TLS_SERVER(Oids.SERVER_AUTH);

  private final Set<String> extendedKeyUsages;

  CertificatePurpose(String... extendedKeyUsages) {
    this.extendedKeyUsages = Set.of(extendedKeyUsages);
  }

  Set<String> extendedKeyUsages() {
    return extendedKeyUsages;
  }

  /** Object identifiers of RFC 5280 and RFC 9336. */
  static final class Oids {
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

    private Oids() {}
  }
}
