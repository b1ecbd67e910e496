package uk.cpis.gateway.pki;

/** Why a certificate is refused, with the remedy to tell the operator. */
public enum CertificateFault {
  EXPIRED("renew the certificate and register the new one"),
  NOT_YET_VALID("wait for its first day, or compare the clocks of both sides"),
  CA_CERTIFICATE("use an end-entity certificate: a CA signs certificates only"),
  WRONG_KEY_USAGE("have it issued with key usage digitalSignature"),
  WRONG_PURPOSE("have it issued with the extended key usage that is expected"),
  WEAK_KEY("make a new key: RSA of 2048 bits or more, or EC P-256 or P-384"),
  WEAK_SIGNATURE("have it issued with a SHA-256, SHA-384 or SHA-512 signature (RSA or ECDSA)"),
  UNKNOWN_ISSUER("have it issued by a configured CA, or configure the CA with its revocation list"),
  INVALID_PATH("have the certificate or its CA issued anew within the CA's constraints"),
  CRL_MISSING("configure the revocation list of this CA"),
  CRL_STALE("fetch the current revocation list of this CA"),
  REVOKED("find out from the partner why it was revoked; register a new certificate"),
  NOT_REGISTERED("ask the partner whether it changed its certificate, then register the new one");

  private final String remedy;

  CertificateFault(String remedy) {
    this.remedy = remedy;
  }

  /** What an operator can do about it. */
  public String remedy() {
    return remedy;
  }
}
