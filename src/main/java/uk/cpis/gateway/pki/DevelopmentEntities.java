package uk.cpis.gateway.pki;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

/** Who gets certificates in the development PKI; what each is for says certs/README.md. */
final class DevelopmentEntities {
  /** Revoked as soon as it is made. */
  static final String REVOKED = "revoked";

  /** Issued by a CA of the same name as ours, with another key. */
  static final String UNKNOWN_CA = "unknown-ca";

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration YEAR = Duration.ofDays(365);

  /** Authorities that sign with RSA, so that it is tried in both directions. */
  private static final Set<OdsCode> RSA_SIGNERS =
      Set.of(new OdsCode("TWH"), new OdsCode("HCK"), new OdsCode("IOS"), new OdsCode("RUT"));

  private DevelopmentEntities() {}

  static List<CertificateTemplate> all(Collection<OdsCode> authorities) {
    return Stream.of(
            gateway(),
            clinical(),
            authorities.stream().sorted().distinct().flatMap(DevelopmentEntities::authority),
            bad())
        .flatMap(templates -> templates)
        .toList();
  }

  private static Stream<CertificateTemplate> gateway() {
    return Stream.of(
        CertificateTemplate.server(Group.GATEWAY, "tls-server", KeyKind.RSA_2048),
        CertificateTemplate.client(Group.GATEWAY, "tls-client", KeyKind.RSA_2048),
        CertificateTemplate.signing(Group.GATEWAY, "signing-rsa", KeyKind.RSA_2048),
        CertificateTemplate.signing(Group.GATEWAY, "signing-ec", KeyKind.EC_P256),
        CertificateTemplate.signing(Group.GATEWAY, "sealing", KeyKind.EC_P256));
  }

  private static Stream<CertificateTemplate> clinical() {
    return Stream.of(
        CertificateTemplate.client(Group.CLINICAL, "homerton-ed-tls", KeyKind.RSA_2048),
        CertificateTemplate.signing(Group.CLINICAL, "homerton-ed-signing", KeyKind.RSA_2048),
        CertificateTemplate.client(Group.CLINICAL, "nhs111-tls", KeyKind.EC_P256),
        CertificateTemplate.signing(Group.CLINICAL, "nhs111-signing", KeyKind.EC_P256),
        CertificateTemplate.client(Group.CLINICAL, "ambulance-tls", KeyKind.EC_P256),
        CertificateTemplate.signing(Group.CLINICAL, "ambulance-signing", KeyKind.EC_P384),
        CertificateTemplate.client(Group.CLINICAL, "gp", KeyKind.RSA_2048));
  }

  private static Stream<CertificateTemplate> authority(OdsCode code) {
    KeyKind signing = RSA_SIGNERS.contains(code) ? KeyKind.RSA_2048 : KeyKind.EC_P256;
    String name = code.value().toLowerCase(Locale.ROOT);
    return Stream.of(
        CertificateTemplate.clientAndServer(Group.AUTHORITY, name + "-tls", KeyKind.EC_P256),
        CertificateTemplate.signing(Group.AUTHORITY, name + "-signing", signing));
  }

  /** Each is good for TLS clients and for signing but for its one fault. */
  private static Stream<CertificateTemplate> bad() {
    return Stream.of(
        bad("expired", KeyKind.EC_P256).validFrom(MONTH.multipliedBy(-2), MONTH),
        bad("not-yet-valid", KeyKind.EC_P256).validFrom(YEAR.multipliedBy(3), YEAR),
        bad("server-only", KeyKind.EC_P256).forServersOnly(),
        bad("encipherment-only", KeyKind.RSA_2048).withKeyUsage(KeyUsage.keyEncipherment),
        bad("weak-key", KeyKind.RSA_1024),
        bad("sha1", KeyKind.EC_P256).signedWith("SHA1withRSA"),
        bad(REVOKED, KeyKind.EC_P256),
        bad(UNKNOWN_CA, KeyKind.EC_P256),
        bad("unregistered", KeyKind.EC_P256));
  }

  private static CertificateTemplate bad(String name, KeyKind key) {
    return CertificateTemplate.client(Group.BAD, name, key);
  }
}
