package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.CERTIFICATE_REFUSED;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import uk.cpis.gateway.attack.Certificates.Issuer;
import uk.cpis.gateway.attack.Certificates.More;
import uk.cpis.gateway.attack.Certificates.Plan;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * Certificates that must not sign. They are registered for the sending system, so that nothing but
 * the certificate itself is wrong.
 */
final class CertificateAttacks extends Attacks {

  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4.5");
  private static final Estate ESTATE = new Estate();

  /** A CA below the issuing one, which may have none below it, and one that may name few. */
  private static final class Estate {
    private final Issuer issuing = Certificates.issuing();
    private final Issuer deeper = ca("attack deeper CA", issuing, List.of());
    private final Issuer narrow =
        ca(
            "attack narrow CA",
            Certificates.root(),
            List.of(
                new More(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(
                        new GeneralSubtree[] {
                          new GeneralSubtree(new GeneralName(new X500Name("O=Elsewhere,C=GB")))
                        },
                        new GeneralSubtree[0]))));
    private final Map<String, Pen> pens = new LinkedHashMap<>();

    Estate() {
      Plan good = Plan.good();
      Duration day = Duration.ofDays(1);
      make("expired", good.valid(Duration.ofDays(-10), day));
      make("expired a minute ago", good.valid(day.negated(), day.minusMinutes(1)));
      make("not yet valid", good.valid(day, day));
      make("for servers", good.purposes(List.of(KeyPurposeId.id_kp_serverAuth)));
      make("for code", good.purposes(List.of(KeyPurposeId.id_kp_codeSigning)));
      make("for e-mail", good.purposes(List.of(KeyPurposeId.id_kp_emailProtection)));
      make("for time stamps", good.purposes(List.of(KeyPurposeId.id_kp_timeStamping)));
      make("for answers about revocation", good.purposes(List.of(KeyPurposeId.id_kp_OCSPSigning)));
      make("for no purpose", good.purposes(List.of()));
      make("for enciphering", good.usage(KeyUsage.keyEncipherment));
      make("for agreeing keys", good.usage(KeyUsage.keyAgreement));
      make("for not repudiating", good.usage(KeyUsage.nonRepudiation));
      make("for signing certificates", good.usage(KeyUsage.keyCertSign));
      make("for no use", good.usage(-1));
      make("of RSA 1024", good.key(Certificates.key("RSA", 1024)));
      make("of RSA 1536", good.key(Certificates.key("RSA", 1536)));
      make("of RSA with the exponent 3", good.key(Certificates.exponent(3)));
      make("of RSA with the exponent 257", good.key(Certificates.exponent(257)));
      make("for any purpose", good.purposes(List.of(KeyPurposeId.anyExtendedKeyUsage)));
      make("of P-521", good.key(Certificates.curve("secp521r1")));
      make("signed with SHA-1", good.signedWith("SHA1withRSA"));
      make("signed with MD5", good.signedWith("MD5withRSA"));
      make("signed with SHA-224", good.signedWith("SHA224withRSA"));
      make("with a demand nobody knows", good.with(unknown(true)));
      make("that is a CA", good.ca(0));
      make(
          "that is a CA and signs",
          good.ca(0).usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
      make("of a CA too many", good, deeper);
      make("of a name its CA may not give", good, narrow);
      make("of a CA of the same name", good, rogue(issuing));
      make("of a CA of the root's name", good, rogue(Certificates.root()));
      make("of a leaf", good, ofLeaf());
      make(
          "of itself",
          good,
          new Issuer(subject(good), good.key().getPrivate(), issuing.certificate()));
      make(
          "of itself in the issuing CA's name",
          good,
          new Issuer(issuing.name(), good.key().getPrivate(), issuing.certificate()));
      make(
          "of a CA without a list",
          good,
          ca("attack CA without a list", Certificates.root(), List.of()));
      for (String bad : List.of("revoked", "unknown-ca", "weak-key", "sha1", "server-only")) {
        DevelopmentCertificate made = TestCertificates.all().of(Group.BAD, bad);
        pens.put("development's " + bad, Pen.of(made.keyMaterial()));
      }
    }

    private void make(String name, Plan plan) {
      make(name, plan, issuing);
    }

    private void make(String name, Plan plan, Issuer issuer) {
      X509Certificate certificate = plan.by(issuer);
      boolean elliptic = certificate.getPublicKey().getAlgorithm().equals("EC");
      pens.put(
          name,
          new Pen(
              plan.key().getPrivate(),
              certificate,
              Names.MORE + (elliptic ? "ecdsa-sha256" : "rsa-sha256"),
              Names.SHA256,
              Names.C14N,
              List.of(Names.C14N),
              Pen.ALL,
              Pen.BY_TOKEN));
    }

    private static javax.security.auth.x500.X500Principal subject(Plan plan) {
      return new javax.security.auth.x500.X500Principal(plan.subject());
    }

    private static Issuer rogue(Issuer real) {
      return new Issuer(real.name(), Certificates.KEY.getPrivate(), real.certificate());
    }

    private Issuer ofLeaf() {
      X509Certificate leaf = Plan.good().by(issuing);
      return new Issuer(leaf.getSubjectX500Principal(), Certificates.KEY.getPrivate(), leaf);
    }

    private static Issuer ca(String name, Issuer above, List<More> more) {
      KeyPair key = Certificates.curve("secp256r1");
      Plan plan = Plan.authority(name, 0).key(key);
      for (More each : more) {
        plan = plan.with(each);
      }
      X509Certificate certificate = plan.by(above);
      return new Issuer(certificate.getSubjectX500Principal(), key.getPrivate(), certificate);
    }
  }

  CertificateAttacks() {
    super("certificate");
    only(Kind.QUERY);
    ESTATE.pens.forEach(
        (name, pen) -> made("certificate " + name, CERTIFICATE_REFUSED, d -> d.by(pen).signed()));
    placesOfLists();
    unregistered();
  }

  /** They name the canary as the place of their revocation list: nobody may look there. */
  private void placesOfLists() {
    add(
        "certificate of nobody that names a place of its list",
        Expected.code("CPG-601"),
        (d, canary) -> Hostile.of(d.by(pen(Plan.good().with(place(canary.url("http"))))).signed()));
    add(
        "expired certificate that names a place of its list",
        Expected.cause(CERTIFICATE_REFUSED),
        (d, canary) ->
            Hostile.of(
                d.by(
                        pen(
                            Plan.good()
                                .valid(Duration.ofDays(-10), Duration.ofDays(1))
                                .with(place(canary.url("http")))))
                    .signed()));
  }

  private void unregistered() {
    ofAll();
    made("certificate of nobody", Expected.code("CPG-601"), d -> d.by(pen(Plan.good())).signed());
    made(
        "certificate of nobody with a demand that may be left alone",
        Expected.code("CPG-601"),
        d -> d.by(pen(Plan.good().with(unknown(false)))).signed());
    made(
        "certificate of the gateway's own name",
        Expected.code("CPG-601"),
        d ->
            d.by(
                    pen(
                        Plan.good()
                            .subject(
                                TestCertificates.all()
                                    .of(Group.GATEWAY, "signing-rsa")
                                    .certificate()
                                    .getSubjectX500Principal()
                                    .getName())))
                .signed());
    made(
        "certificate of the sender's own name and another key",
        Expected.code("CPG-601"),
        d ->
            d.by(
                    pen(
                        Plan.good()
                            .subject(d.pen().certificate().getSubjectX500Principal().getName())))
                .signed());
  }

  private static Pen pen(Plan plan) {
    return Pen.of(
        new uk.cpis.gateway.pki.KeyMaterial(
            plan.key().getPrivate(), List.of(plan.by(ESTATE.issuing))));
  }

  private static More unknown(boolean critical) {
    return new More(
        UNKNOWN, critical, new DEROctetString("hostile".getBytes(StandardCharsets.UTF_8)));
  }

  private static More place(String url) {
    GeneralNames names =
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
    return new More(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(new DistributionPointName(names), null, null)
            }));
  }

  /** What is to be registered, so that only the certificate is wrong. */
  static List<X509Certificate> registered() {
    return ESTATE.pens.values().stream().map(Pen::certificate).toList();
  }

  /** The CAs that the gateway is configured with beside its own, and that have lists. */
  static List<Issuer> configured() {
    return List.of(ESTATE.deeper, ESTATE.narrow);
  }
}
