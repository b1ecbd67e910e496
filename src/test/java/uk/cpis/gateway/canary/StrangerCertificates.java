package uk.cpis.gateway.canary;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.testing.TestCertificates;

/** Certificates that carry the child's data in their names. */
final class StrangerCertificates {

  private static final X500Principal SUBJECT =
      new X500Principal(
          "CN=" + CanaryChild.ALL + ", SERIALNUMBER=" + CanaryChild.DIGITS + ", O=Nobody");

  private StrangerCertificates() {}

  /** One that its holder made for himself. */
  static KeyMaterial selfMade() {
    KeyPair keys = keys();
    return made(keys, SUBJECT, new KeyMade(SUBJECT, keys), false);
  }

  /** One by a CA that is believed, of nobody who is registered. */
  static KeyMaterial believed(boolean expired) {
    KeyMaterial issuing =
        KeyMaterial.fromPem(
            TestCertificates.all().issuing(),
            TestCertificates.all().ca().resolve("issuing.key.pem"));
    X500Principal issuer = issuing.certificate().getSubjectX500Principal();
    return made(
        keys(),
        SUBJECT,
        new KeyMade(
            issuer, new KeyPair(issuing.certificate().getPublicKey(), issuing.privateKey())),
        expired);
  }

  private record KeyMade(X500Principal name, KeyPair keys) {}

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyMaterial made(
      KeyPair keys, X500Principal subject, KeyMade issuer, boolean expired) {
    Instant from = Instant.now().minus(Duration.ofDays(9));
    Instant to = Instant.now().plus(Duration.ofDays(expired ? -1 : 9));
    try {
      JcaX509v3CertificateBuilder certificate =
          new JcaX509v3CertificateBuilder(
              issuer.name(),
              BigInteger.valueOf(from.toEpochMilli()),
              Date.from(from),
              Date.from(to),
              subject,
              keys.getPublic());
      certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      certificate.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
      return new KeyMaterial(
          keys.getPrivate(),
          List.of(
              new JcaX509CertificateConverter()
                  .getCertificate(
                      certificate.build(
                          new JcaContentSignerBuilder("SHA256withRSA")
                              .build(issuer.keys().getPrivate())))));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
