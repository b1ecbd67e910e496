package uk.cpis.gateway.pki;

import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import uk.cpis.gateway.pki.CertificatePurpose.Oids;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

/**
 * A certificate that the development PKI makes.
 *
 * @param onThisHost whether it names this host, as a TLS server's must
 * @param from when it becomes valid, seen from its making
 */
record CertificateTemplate(
    Group group,
    String name,
    KeyKind key,
    int keyUsage,
    List<String> purposes,
    boolean onThisHost,
    Duration from,
    Duration life,
    String signatureAlgorithm) {
  static final String SHA256 = "SHA256withRSA";

  /** Clocks of test machines differ: valid since yesterday. */
  private static final Duration BACKDATED = Duration.ofDays(-1);

  private static final Duration LIFE = Duration.ofDays(730);
  private static final List<String> DOCUMENT_SIGNING = List.of(Oids.DOCUMENT_SIGNING);
  private static final List<String> CLIENT = List.of(Oids.CLIENT_AUTH);
  private static final List<String> SERVER = List.of(Oids.SERVER_AUTH);
  private static final List<String> BOTH_SIDES = List.of(Oids.SERVER_AUTH, Oids.CLIENT_AUTH);

  static CertificateTemplate signing(Group group, String name, KeyKind key) {
    return of(group, name, key, DOCUMENT_SIGNING, false);
  }

  /** A TLS client; client authentication also allows signing, so one may serve for both. */
  static CertificateTemplate client(Group group, String name, KeyKind key) {
    return of(group, name, key, CLIENT, false);
  }

  static CertificateTemplate server(Group group, String name, KeyKind key) {
    return of(group, name, key, SERVER, true);
  }

  static CertificateTemplate clientAndServer(Group group, String name, KeyKind key) {
    return of(group, name, key, BOTH_SIDES, true);
  }

  CertificateTemplate forServersOnly() {
    return with(keyUsage, SERVER, from, life, signatureAlgorithm);
  }

  CertificateTemplate withKeyUsage(int other) {
    return with(other, purposes, from, life, signatureAlgorithm);
  }

  CertificateTemplate validFrom(Duration otherFrom, Duration otherLife) {
    return with(keyUsage, purposes, otherFrom, otherLife, signatureAlgorithm);
  }

  CertificateTemplate signedWith(String other) {
    return with(keyUsage, purposes, from, life, other);
  }

  private static CertificateTemplate of(
      Group group, String name, KeyKind key, List<String> purposes, boolean onThisHost) {
    return new CertificateTemplate(
        group, name, key, KeyUsage.digitalSignature, purposes, onThisHost, BACKDATED, LIFE, SHA256);
  }

  private CertificateTemplate with(
      int otherUsage,
      List<String> otherPurposes,
      Duration otherFrom,
      Duration otherLife,
      String otherAlgorithm) {
    return new CertificateTemplate(
        group,
        name,
        key,
        otherUsage,
        otherPurposes,
        onThisHost,
        otherFrom,
        otherLife,
        otherAlgorithm);
  }
}
