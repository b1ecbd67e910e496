package uk.cpis.gateway.pki;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two CAs of the development PKI, in their files, and their revocation lists. */
final class DevelopmentCas {
  static final String ISSUING_NAME = "CP-IS development issuing CA";

  private static final String ROOT_NAME = "CP-IS development root CA";

  /** A list is renewed with this share of its life left, so that a run never meets its end. */
  private static final int RENEWED_WITH_ONE_PART_LEFT_OF = 3;

  private final Path folder;
  private final KeyMaterial root;
  private final KeyMaterial issuing;

  private DevelopmentCas(Path folder, KeyMaterial root, KeyMaterial issuing) {
    this.folder = folder;
    this.root = root;
    this.issuing = issuing;
  }

  static boolean present(Path folder) {
    return Stream.of("root.pem", "root.key.pem", "issuing.pem", "issuing.key.pem", "trust.p12")
        .map(folder::resolve)
        .allMatch(Files::exists);
  }

  static DevelopmentCas open(Path folder) {
    return new DevelopmentCas(folder, read(folder, "root"), read(folder, "issuing"));
  }

  static DevelopmentCas make(Path folder, char[] password, Instant now) {
    KeyPair rootKeys = KeyKind.RSA_2048.generate();
    KeyPair issuingKeys = KeyKind.RSA_2048.generate();
    CertificateAuthority root = CertificateAuthority.of(ROOT_NAME, rootKeys);
    CertificateAuthority issuing = CertificateAuthority.of(ISSUING_NAME, issuingKeys);
    DevelopmentCas cas =
        new DevelopmentCas(
            folder,
            keys(rootKeys, root.certify(root, 1, CertificateAuthority.ROOT_LIFE, now)),
            keys(issuingKeys, root.certify(issuing, 0, CertificateAuthority.ISSUING_LIFE, now)));
    cas.write(password);
    return cas;
  }

  CertificateAuthority issuing() {
    return CertificateAuthority.of(issuing);
  }

  X509Certificate issuingCertificate() {
    return issuing.certificate();
  }

  /** Issues anew what is missing, nearly at its end, or lacks one of the revoked; else nothing. */
  void publishLists(Set<BigInteger> revoked, Duration life, Instant now) {
    publish(root, "root.crl", Set.of(), life, now);
    publish(issuing, "issuing.crl", revoked, life, now);
  }

  private void publish(
      KeyMaterial ca, String name, Set<BigInteger> revoked, Duration life, Instant now) {
    Path file = folder.resolve(name);
    Optional<X509CRL> before = listOf(ca, file);
    Set<BigInteger> known = before.map(DevelopmentCas::serials).orElse(Set.of());
    if (before.filter(list -> lasts(list, life, now)).isEmpty() || !known.containsAll(revoked)) {
      Set<BigInteger> all =
          Stream.concat(known.stream(), revoked.stream()).collect(Collectors.toSet());
      X509CRL list = CertificateAuthority.of(ca).revoke(all, now, now.plus(life));
      OwnerOnly.write(file, Pem.write(list));
    }
  }

  /** What is in the file, unless an earlier CA of this name signed it. */
  private static Optional<X509CRL> listOf(KeyMaterial ca, Path file) {
    return Stream.of(file)
        .filter(Files::exists)
        .map(Pem::crl)
        .filter(list -> Revocation.signed(ca.certificate(), list))
        .findFirst();
  }

  private static boolean lasts(X509CRL list, Duration life, Instant now) {
    return now.plus(life.dividedBy(RENEWED_WITH_ONE_PART_LEFT_OF))
        .isBefore(list.getNextUpdate().toInstant());
  }

  private static Set<BigInteger> serials(X509CRL list) {
    Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
    return entries == null
        ? Set.of()
        : entries.stream().map(X509CRLEntry::getSerialNumber).collect(Collectors.toSet());
  }

  private void write(char[] password) {
    write("root", root);
    write("issuing", issuing);
    List<X509Certificate> both = List.of(root.certificate(), issuing.certificate());
    OwnerOnly.write(folder.resolve("trust.p12"), Pkcs12.write(Pkcs12.of(both), password));
  }

  private void write(String name, KeyMaterial ca) {
    OwnerOnly.write(folder.resolve(name + ".key.pem"), Pem.write(ca.privateKey()));
    OwnerOnly.write(folder.resolve(name + ".pem"), Pem.write(ca.chain()));
  }

  private static KeyMaterial keys(KeyPair pair, X509Certificate certificate) {
    return new KeyMaterial(pair.getPrivate(), List.of(certificate));
  }

  private static KeyMaterial read(Path folder, String name) {
    return KeyMaterial.fromPem(folder.resolve(name + ".pem"), folder.resolve(name + ".key.pem"));
  }
}
