package uk.cpis.gateway.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of the development PKI (RSA): issues certificates and revocation lists. */
record CertificateAuthority(X500Principal name, PublicKey publicKey, PrivateKey privateKey) {
  static final Duration ROOT_LIFE = Duration.ofDays(3652);
  static final Duration ISSUING_LIFE = Duration.ofDays(1826);

  /** Marks whatever the development PKI made. */
  private static final String ORGANISATION = "O=CP-IS development";

  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  static CertificateAuthority of(String commonName, KeyPair keys) {
    return new CertificateAuthority(named(commonName), keys.getPublic(), keys.getPrivate());
  }

  static CertificateAuthority of(KeyMaterial keys) {
    X509Certificate own = keys.certificate();
    return new CertificateAuthority(
        own.getSubjectX500Principal(), own.getPublicKey(), keys.privateKey());
  }

  /** Whether the issuer says that it is a CA of a development PKI, this one or another. */
  static boolean issuedByDevelopment(X509Certificate certificate) {
    String issuer = certificate.getIssuerX500Principal().getName();
    return issuer.contains("," + ORGANISATION + ",");
  }

  /** The certificate of another CA, or of this one by itself. */
  X509Certificate certify(CertificateAuthority ca, int pathLength, Duration life, Instant now) {
    JcaX509v3CertificateBuilder certificate =
        certificate(ca.name, ca.publicKey, now.minus(BACKDATED), now.plus(life));
    List<Extension> extensions = CertificateExtensions.ofCa(pathLength);
    return sign(certificate, ca.publicKey, extensions, CertificateTemplate.SHA256);
  }

  X509Certificate issue(CertificateTemplate template, PublicKey key, Instant now) {
    Instant from = now.plus(template.from());
    JcaX509v3CertificateBuilder certificate =
        certificate(named(template.name()), key, from, from.plus(template.life()));
    List<Extension> extensions = CertificateExtensions.of(template);
    return sign(certificate, key, extensions, template.signatureAlgorithm());
  }

  /** The whole list of what is revoked; lists are numbered by the second. */
  X509CRL revoke(Collection<BigInteger> serials, Instant now, Instant next) {
    BigInteger number = BigInteger.valueOf(now.getEpochSecond());
    JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(name, Date.from(now));
    list.setNextUpdate(Date.from(next));
    serials.forEach(serial -> list.addCRLEntry(serial, Date.from(now), CRLReason.keyCompromise));
    try {
      list.addExtension(CertificateExtensions.plain(Extension.cRLNumber, new CRLNumber(number)));
      list.addExtension(authorityKey());
      return new JcaX509CRLConverter().getCRL(list.build(signer(CertificateTemplate.SHA256)));
    } catch (CertIOException | GeneralSecurityException e) {
      throw new KeyMaterialException("cannot make a revocation list of " + name, e);
    }
  }

  private JcaX509v3CertificateBuilder certificate(
      X500Principal subject, PublicKey key, Instant from, Instant to) {
    BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
    return new JcaX509v3CertificateBuilder(
        name, serial, Date.from(from), Date.from(to), subject, key);
  }

  private X509Certificate sign(
      JcaX509v3CertificateBuilder certificate,
      PublicKey key,
      List<Extension> extensions,
      String algorithm) {
    try {
      for (Extension extension : extensions) {
        certificate.addExtension(extension);
      }
      certificate.addExtension(subjectKey(key));
      certificate.addExtension(authorityKey());
      return new JcaX509CertificateConverter().getCertificate(certificate.build(signer(algorithm)));
    } catch (CertIOException | GeneralSecurityException e) {
      throw new KeyMaterialException("cannot make a certificate by " + name, e);
    }
  }

  private static Extension subjectKey(PublicKey key) {
    return CertificateExtensions.plain(
        Extension.subjectKeyIdentifier, identifiers().createSubjectKeyIdentifier(key));
  }

  private Extension authorityKey() {
    return CertificateExtensions.plain(
        Extension.authorityKeyIdentifier, identifiers().createAuthorityKeyIdentifier(publicKey));
  }

  private ContentSigner signer(String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(privateKey);
    } catch (OperatorCreationException e) {
      throw new KeyMaterialException("cannot sign with " + algorithm, e);
    }
  }

  private static JcaX509ExtensionUtils identifiers() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-1 for key identifiers", e);
    }
  }

  private static X500Principal named(String commonName) {
    return new X500Principal("CN=" + commonName + ", " + ORGANISATION + ", C=GB");
  }

  @Override
  public String toString() {
    return "CertificateAuthority[" + name + "]";
  }
}
