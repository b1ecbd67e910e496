package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;
import uk.cpis.gateway.pki.CertificateVerdict.Trusted;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

class DevelopmentPkiTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<OdsCode> AUTHORITIES = List.of(new OdsCode("TWH"), new OdsCode("BIR"));

  @TempDir static Path directory;
  private static DevelopmentCertificates made;
  private static CertificatePaths paths;

  @BeforeAll
  static void makeOnce() {
    made = pki(NOW).makeAbsent(AUTHORITIES, (done, total) -> {});
    paths = new CertificatePaths(made.trustAnchors(), made.crls());
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void everyStoreOpensAndHoldsWhatThePemFilesHold(Group group) {
    assertThat(made.of(group))
        .isNotEmpty()
        .allSatisfy(
            one -> {
              KeyMaterial store = KeyMaterial.fromPkcs12(one.pkcs12(), made.password());
              assertThat(store.chain()).isEqualTo(one.keyMaterial().chain());
              assertThat(store.certificate()).isEqualTo(one.certificate());
            });
  }

  @Test
  void copiesAStoreUnderAnotherPassword(@TempDir Path elsewhere) {
    DevelopmentCertificate one = made.of(Group.CLINICAL, "gp");
    Path copy = elsewhere.resolve("copies/gp.p12");

    one.copy(copy, "known".toCharArray());

    KeyMaterial copied = KeyMaterial.fromPkcs12(copy, "known".toCharArray());
    assertThat(copied.chain()).isEqualTo(one.keyMaterial().chain());
  }

  @Test
  void copiesNoKeyThatADevelopmentCaDidNotCertify(@TempDir Path elsewhere) throws Exception {
    DevelopmentCertificate gp = made.of(Group.CLINICAL, "gp");
    DevelopmentCertificate foreign =
        new DevelopmentCertificate(gp.group(), gp.name(), ofAnotherCa(), gp.folder());

    assertThatExceptionOfType(KeyMaterialException.class)
        .isThrownBy(() -> foreign.copy(elsewhere.resolve("gp.p12"), "known".toCharArray()))
        .withMessageContaining("not of a development PKI");
    assertThat(elsewhere).isEmptyDirectory();
  }

  /** One of those that the JDK trusts. */
  private static X509Certificate ofAnotherCa() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
  }

  @Test
  void copiesTheTrustStoreUnderAnotherPassword(@TempDir Path elsewhere) throws Exception {
    Path copy = elsewhere.resolve("trust.p12");

    made.copyTrustStore(copy, "known".toCharArray());

    KeyStore store = Pkcs12.read(copy, "known".toCharArray());
    assertThat(Pkcs12.trusted(store)).hasSize(2);
    assertThat(Pkcs12.keyAliases(store)).isEmpty();
  }

  @Test
  void everySigningCertificateIsTrustedForSigningOnly() {
    assertThat(named("-signing"))
        .hasSize(5)
        .allSatisfy(
            one -> {
              assertThat(check(one, CertificatePurpose.MESSAGE_SIGNING))
                  .isInstanceOf(Trusted.class);
              assertThat(check(one, CertificatePurpose.TLS_CLIENT))
                  .isInstanceOfSatisfying(
                      Refused.class,
                      refused ->
                          assertThat(refused.fault()).isEqualTo(CertificateFault.WRONG_PURPOSE));
            });
  }

  @Test
  void authoritiesMayCallAndBeCalled() {
    for (OdsCode authority : AUTHORITIES) {
      DevelopmentCertificate tls = made.authorityTls(authority);
      assertThat(check(tls, CertificatePurpose.TLS_CLIENT)).isInstanceOf(Trusted.class);
      assertThat(check(tls, CertificatePurpose.TLS_SERVER)).isInstanceOf(Trusted.class);
    }
  }

  @Test
  void oneClinicalSystemSignsWithItsTlsCertificate() {
    DevelopmentCertificate gp = made.of(Group.CLINICAL, "gp");

    assertThat(check(gp, CertificatePurpose.TLS_CLIENT)).isInstanceOf(Trusted.class);
    assertThat(check(gp, CertificatePurpose.MESSAGE_SIGNING)).isInstanceOf(Trusted.class);
  }

  @ParameterizedTest
  @CsvSource({
    "expired, EXPIRED",
    "not-yet-valid, NOT_YET_VALID",
    "server-only, WRONG_PURPOSE",
    "encipherment-only, WRONG_KEY_USAGE",
    "weak-key, WEAK_KEY",
    "sha1, WEAK_SIGNATURE",
    "revoked, REVOKED",
    "unknown-ca, UNKNOWN_ISSUER"
  })
  void eachBadCertificateIsRefusedForItsOwnCause(String name, CertificateFault fault) {
    CertificateVerdict verdict =
        check(made.of(Group.BAD, name), CertificatePurpose.MESSAGE_SIGNING);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(fault);
              assertThat(refused.explanation())
                  .contains(fault.name(), "expected", "found", "serial", fault.remedy());
            });
  }

  @Test
  void theUnregisteredOneIsAGoodCertificate() {
    DevelopmentCertificate unregistered = made.of(Group.BAD, "unregistered");

    assertThat(check(unregistered, CertificatePurpose.MESSAGE_SIGNING)).isInstanceOf(Trusted.class);
  }

  @Test
  void theTrustStoreHoldsTheSameCasAsThePemFiles() {
    assertThat(TrustAnchors.fromPkcs12(made.trustStore(), made.password()))
        .isEqualTo(made.trustAnchors());
  }

  @Test
  void whatItMadeIsKnownAsItsOwn() {
    assertThat(made.trustAnchors().all()).allMatch(DevelopmentPki::made);
    assertThat(made.of(Group.GATEWAY)).allMatch(one -> DevelopmentPki.made(one.certificate()));
  }

  @Test
  void aCertificateOfAnotherCaIsNotTakenForOne() throws Exception {
    TrustManagerFactory platform = TrustManagerFactory.getInstance("PKIX");
    platform.init((KeyStore) null);
    X509TrustManager known = (X509TrustManager) platform.getTrustManagers()[0];

    assertThat(known.getAcceptedIssuers()).isNotEmpty().noneMatch(DevelopmentPki::made);
  }

  @Test
  void nobodyButTheOwnerMayReadWhatWasMade() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(path -> !path.equals(directory)))
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .endsWith("------"));
    }
  }

  @Test
  void makingItAgainChangesNothing(@TempDir Path other) throws IOException {
    copyTo(other);
    DevelopmentPki pki = new DevelopmentPki(other, InstantSource.fixed(NOW));
    List<String> before = contents(other);

    pki.makeAbsent(AUTHORITIES, (done, total) -> {});

    assertThat(contents(other)).isEqualTo(before);
  }

  @Test
  void makesOnlyWhatIsAbsentAndTellsHowFarItIs(@TempDir Path other) throws IOException {
    DevelopmentCertificates some = copyTo(other);
    DevelopmentPki pki = new DevelopmentPki(other, InstantSource.fixed(NOW));
    DevelopmentCertificate nhs111 = some.of(Group.CLINICAL, "nhs111-tls");
    Files.delete(nhs111.privateKey());
    List<String> told = new ArrayList<>();

    pki.makeAbsent(List.of(new OdsCode("HPL")), (done, total) -> told.add(done + "/" + total));

    assertThat(told).containsExactly("1/3", "2/3", "3/3");
    assertThat(some.of(Group.CLINICAL, "nhs111-tls").fingerprint())
        .isNotEqualTo(nhs111.fingerprint());
  }

  @Test
  void renewingReplacesEveryKeyAndTheNewOnesAreTrusted(@TempDir Path other) throws IOException {
    DevelopmentCertificates some = copyTo(other);
    DevelopmentCertificate before = some.of(Group.GATEWAY, "signing-ec");

    new DevelopmentPki(other, InstantSource.fixed(NOW)).makeAll(List.of(), (done, total) -> {});

    DevelopmentCertificate after = some.of(Group.GATEWAY, "signing-ec");
    CertificatePaths renewed = new CertificatePaths(some.trustAnchors(), some.crls());
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(renewed.check(after.certificate(), CertificatePurpose.MESSAGE_SIGNING, NOW))
        .isInstanceOf(Trusted.class);
    assertThat(renewed.check(before.certificate(), CertificatePurpose.MESSAGE_SIGNING, NOW))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aStaleRevocationListIsRenewedAndKeepsTheRevoked(@TempDir Path other) throws IOException {
    Instant later = NOW.plus(Duration.ofDays(40));
    DevelopmentCertificates some = copyTo(other);

    new DevelopmentPki(other, InstantSource.fixed(later))
        .makeAbsent(List.of(), (done, total) -> {});

    CertificatePaths renewed = new CertificatePaths(some.trustAnchors(), some.crls());
    assertThat(fault(renewed, some.of(Group.BAD, "revoked"), later))
        .isEqualTo(CertificateFault.REVOKED);
    assertThat(
            renewed.check(
                some.of(Group.CLINICAL, "gp").certificate(), CertificatePurpose.TLS_CLIENT, later))
        .isInstanceOf(Trusted.class);
  }

  private static CertificateFault fault(
      CertificatePaths paths, DevelopmentCertificate one, Instant at) {
    return ((Refused) paths.check(one.certificate(), CertificatePurpose.MESSAGE_SIGNING, at))
        .fault();
  }

  private static CertificateVerdict check(DevelopmentCertificate one, CertificatePurpose purpose) {
    return paths.check(one.certificate(), purpose, NOW);
  }

  private static List<DevelopmentCertificate> named(String part) {
    return Stream.of(Group.GATEWAY, Group.CLINICAL, Group.AUTHORITY)
        .flatMap(group -> made.of(group).stream())
        .filter(one -> one.name().contains(part))
        .toList();
  }

  private static DevelopmentCertificates copyTo(Path other) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path source : all.filter(path -> !path.equals(directory)).toList()) {
        Files.copy(source, other.resolve(directory.relativize(source)));
      }
    }
    return new DevelopmentCertificates(other);
  }

  private static List<String> contents(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<String> contents = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        contents.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
      return contents;
    }
  }

  private static DevelopmentPki pki(Instant at) {
    return new DevelopmentPki(directory, InstantSource.fixed(at));
  }
}
