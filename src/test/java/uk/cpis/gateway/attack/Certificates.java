package uk.cpis.gateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.testing.TestCertificates;

/** Makes certificates as an attacker, or a careless CA, would make them. */
final class Certificates {

  /** A key that lies there already: making one takes seconds. */
  static final KeyPair KEY = lyingThere();

  private Certificates() {}

  /** Who issues. */
  record Issuer(X500Principal name, PrivateKey key, X509Certificate certificate) {
    static Issuer of(KeyMaterial ca) {
      return new Issuer(
          ca.certificate().getSubjectX500Principal(), ca.privateKey(), ca.certificate());
    }
  }

  /** One more extension. */
  record More(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

  /**
   * A certificate to be made.
   *
   * @param keyUsage absent below nought
   * @param ca the most CAs below it, when it is one
   */
  record Plan(
      String subject,
      KeyPair key,
      int keyUsage,
      List<KeyPurposeId> purposes,
      Optional<Integer> ca,
      Duration from,
      Duration life,
      String algorithm,
      List<More> more) {

    /** One that is in order. */
    static Plan good() {
      return new Plan(
          "CN=attack, O=CP-IS development, C=GB",
          KEY,
          KeyUsage.digitalSignature,
          List.of(KeyPurposeId.id_kp_clientAuth),
          Optional.empty(),
          Duration.ofDays(-1),
          Duration.ofDays(30),
          "SHA256withRSA",
          List.of());
    }

    static Plan authority(String name, int below) {
      return good()
          .subject("CN=" + name + ", O=CP-IS development, C=GB")
          .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
          .purposes(List.of())
          .ca(below);
    }

    Plan subject(String other) {
      return new Plan(other, key, keyUsage, purposes, ca, from, life, algorithm, more);
    }

    Plan key(KeyPair other) {
      return new Plan(subject, other, keyUsage, purposes, ca, from, life, algorithm, more);
    }

    Plan usage(int other) {
      return new Plan(subject, key, other, purposes, ca, from, life, algorithm, more);
    }

    Plan purposes(List<KeyPurposeId> others) {
      return new Plan(subject, key, keyUsage, others, ca, from, life, algorithm, more);
    }

    Plan ca(int below) {
      return new Plan(
          subject, key, keyUsage, purposes, Optional.of(below), from, life, algorithm, more);
    }

    Plan valid(Duration otherFrom, Duration otherLife) {
      return new Plan(subject, key, keyUsage, purposes, ca, otherFrom, otherLife, algorithm, more);
    }

    Plan signedWith(String other) {
      return new Plan(subject, key, keyUsage, purposes, ca, from, life, other, more);
    }

    Plan with(More another) {
      List<More> all = new ArrayList<>(more);
      all.add(another);
      return new Plan(subject, key, keyUsage, purposes, ca, from, life, algorithm, all);
    }

    X509Certificate by(Issuer issuer) {
      return Certificates.made(this, issuer);
    }
  }

  private static KeyPair lyingThere() {
    KeyMaterial keys = TestCertificates.all().of(Group.BAD, "unregistered").keyMaterial();
    return new KeyPair(keys.certificate().getPublicKey(), keys.privateKey());
  }

  static Issuer issuing() {
    return ca("issuing");
  }

  static Issuer root() {
    return ca("root");
  }

  private static Issuer ca(String name) {
    Path folder = TestCertificates.all().ca();
    return Issuer.of(
        KeyMaterial.fromPem(folder.resolve(name + ".pem"), folder.resolve(name + ".key.pem")));
  }

  static KeyPair key(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair exponent(long exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(exponent)));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate made(Plan plan, Issuer issuer) {
    Instant from = Instant.now().plus(plan.from());
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer.name(),
            new BigInteger(100, new java.security.SecureRandom()).setBit(100),
            Date.from(from),
            Date.from(from.plus(plan.life())),
            new X500Principal(plan.subject()),
            plan.key().getPublic());
    try {
      builder.addExtension(
          Extension.basicConstraints,
          true,
          plan.ca().map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(false)));
      if (plan.keyUsage() >= 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(plan.keyUsage()));
      }
      if (!plan.purposes().isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(plan.purposes().toArray(KeyPurposeId[]::new)));
      }
      for (More each : plan.more()) {
        builder.addExtension(each.id(), each.critical(), each.value());
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(by(issuer, plan.algorithm())).build(issuer.key())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String by(Issuer issuer, String algorithm) {
    boolean elliptic = issuer.key().getAlgorithm().equals("EC");
    return elliptic ? algorithm.replace("withRSA", "withECDSA") : algorithm;
  }

  /** A list on which nothing is revoked. */
  static X509CRL list(Issuer issuer) {
    try {
      JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer.name(), new Date());
      builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(30))));
      return new JcaX509CRLConverter()
          .getCRL(
              builder.build(
                  new JcaContentSignerBuilder(by(issuer, "SHA256withRSA")).build(issuer.key())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, String type, byte[] der) {
    try {
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return Files.writeString(
          file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
