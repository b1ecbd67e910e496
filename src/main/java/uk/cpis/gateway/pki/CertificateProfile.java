package uk.cpis.gateway.pki;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;

/** What a certificate must be by itself, whoever issued it; each check names its fault. */
final class CertificateProfile {
  private static final Pattern STANDARD_PURPOSE =
      Pattern.compile("1[.]3[.]6[.]1[.]5[.]5[.]7[.]3[.][0-9]{1,2}");
  private static final int SMALLEST_RSA = 2048;

  /** Small exponents have made forged signatures pass careless checks. */
  private static final int SMALLEST_EXPONENT_BITS = 17;

  private static final int DIGITAL_SIGNATURE = 0;
  private static final Set<ASN1Encodable> CURVES =
      Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

  /** As the JDK names them; all others (SHA-1, MD5, DSA, PSS) are refused. */
  private static final Set<String> SIGNATURES =
      Set.of(
          "SHA256withRSA",
          "SHA384withRSA",
          "SHA512withRSA",
          "SHA256withECDSA",
          "SHA384withECDSA",
          "SHA512withECDSA");

  private CertificateProfile() {}

  /** The first fault of an end-entity certificate for this purpose at this moment. */
  static Optional<Refused> ofLeaf(X509Certificate leaf, CertificatePurpose purpose, Instant at) {
    return validity(leaf, at)
        .or(() -> endEntity(leaf))
        .or(() -> keyUsage(leaf))
        .or(() -> extendedKeyUsage(leaf, purpose))
        .or(() -> key(leaf))
        .or(() -> signature(leaf));
  }

  /** The first fault of a CA certificate on the path. */
  static Optional<Refused> ofIntermediate(X509Certificate ca, Instant at) {
    return validity(ca, at).or(() -> key(ca)).or(() -> signature(ca));
  }

  /** The first fault of an anchor; its signature on itself proves nothing and is not looked at. */
  static Optional<Refused> ofAnchor(X509Certificate anchor, Instant at) {
    return validity(anchor, at).or(() -> key(anchor));
  }

  static boolean isStrong(String signatureAlgorithm) {
    return SIGNATURES.contains(signatureAlgorithm);
  }

  private static Optional<Refused> validity(X509Certificate certificate, Instant at) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (at.isAfter(to)) {
      return refused(CertificateFault.EXPIRED, certificate, "valid at " + at, "notAfter " + to);
    }
    return at.isBefore(from)
        ? refused(CertificateFault.NOT_YET_VALID, certificate, "valid at " + at, "from " + from)
        : Optional.empty();
  }

  private static Optional<Refused> endEntity(X509Certificate leaf) {
    return leaf.getBasicConstraints() >= 0
        ? refused(CertificateFault.CA_CERTIFICATE, leaf, "an end-entity certificate", "a CA")
        : Optional.empty();
  }

  private static Optional<Refused> keyUsage(X509Certificate leaf) {
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && usage[DIGITAL_SIGNATURE]) {
      return Optional.empty();
    }
    String found = usage == null ? "no key usage" : "a key usage without it";
    return refused(CertificateFault.WRONG_KEY_USAGE, leaf, "digitalSignature", found);
  }

  private static Optional<Refused> extendedKeyUsage(
      X509Certificate leaf, CertificatePurpose purpose) {
    List<String> stated = extendedKeyUsages(leaf);
    if (stated.stream().anyMatch(purpose.extendedKeyUsages()::contains)) {
      return Optional.empty();
    }
    String expected = "for " + purpose + " one of " + purpose.extendedKeyUsages();
    return refused(CertificateFault.WRONG_PURPOSE, leaf, expected, described(stated));
  }

  /** The purposes of RFC 5280 by their numbers; others are the certificate's own words. */
  private static String described(List<String> purposes) {
    return purposes.stream()
        .map(each -> STANDARD_PURPOSE.matcher(each).matches() ? each : "another")
        .distinct()
        .toList()
        .toString();
  }

  private static List<String> extendedKeyUsages(X509Certificate leaf) {
    try {
      List<String> stated = leaf.getExtendedKeyUsage();
      return stated == null ? List.of() : stated;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static Optional<Refused> key(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      int exponent = rsa.getPublicExponent().bitLength();
      return bits >= SMALLEST_RSA && exponent >= SMALLEST_EXPONENT_BITS
          ? Optional.empty()
          : refused(
              CertificateFault.WEAK_KEY,
              certificate,
              "RSA of 2048 bits with an exponent of 65537 or more",
              bits + " bits, exponent of " + exponent + " bits");
    }
    return curve(key).filter(CURVES::contains).isPresent()
        ? Optional.empty()
        : refused(CertificateFault.WEAK_KEY, certificate, "RSA, P-256 or P-384", found(key));
  }

  private static Optional<ASN1Encodable> curve(PublicKey key) {
    SubjectPublicKeyInfo parsed = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    return Optional.ofNullable(parsed.getAlgorithm().getParameters());
  }

  private static String found(PublicKey key) {
    return key.getAlgorithm() + curve(key).map(curve -> " " + curve).orElse("");
  }

  private static Optional<Refused> signature(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName();
    return isStrong(algorithm)
        ? Optional.empty()
        : refused(CertificateFault.WEAK_SIGNATURE, certificate, "SHA-256 or better", algorithm);
  }

  private static Optional<Refused> refused(
      CertificateFault fault, X509Certificate certificate, String expected, String found) {
    return Optional.of(new Refused(fault, certificate, expected, found));
  }
}
