package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;
import uk.cpis.gateway.pki.CertificateVerdict.Trusted;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

class CertificatePathsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);

  private static final KeyPair LEAF_KEY = KeyKind.EC_P256.generate();
  private static final CertificateAuthority ROOT =
      CertificateAuthority.of("root", KeyKind.RSA_2048.generate());
  private static final CertificateAuthority ISSUING =
      CertificateAuthority.of("issuing", KeyKind.RSA_2048.generate());
  private static final CertificateAuthority NEXT_ISSUING =
      CertificateAuthority.of("issuing", KeyKind.RSA_2048.generate());

  private static final X509Certificate ANCHOR =
      ROOT.certify(ROOT, 1, CertificateAuthority.ROOT_LIFE, NOW);
  private static final X509Certificate INTERMEDIATE = ROOT.certify(ISSUING, 0, YEAR, NOW);
  private static final X509Certificate NEXT_INTERMEDIATE = ROOT.certify(NEXT_ISSUING, 0, YEAR, NOW);
  private static final X509Certificate LEAF = leaf(ISSUING);

  private static final X509CRL ROOT_LIST = ROOT.revoke(Set.of(), NOW, NOW.plus(YEAR));
  private static final X509CRL ISSUING_LIST = ISSUING.revoke(Set.of(), NOW, NOW.plus(YEAR));

  @Test
  void aLoneLeafIsTrustedThroughTheConfiguredIssuingCa() {
    CertificateVerdict verdict = check(paths(ROOT_LIST, ISSUING_LIST), LEAF, NOW);

    assertThat(verdict).isEqualTo(new Trusted(List.of(LEAF, INTERMEDIATE), ANCHOR));
  }

  @Test
  void theGivenMomentDecidesAboutExpiryAndNotTheSystemsClock() {
    CertificatePaths paths = paths(ROOT_LIST, ISSUING_LIST);
    Instant lastMoment = LEAF.getNotAfter().toInstant();

    assertThat(check(paths, LEAF, NOW.minus(DAY.multipliedBy(2)))).matches(fault("NOT_YET_VALID"));
    assertThat(check(paths, LEAF, lastMoment.plusMillis(1))).matches(fault("EXPIRED"));
  }

  @Test
  void anExpiredIssuingCaEndsItsCertificates() {
    X509Certificate brief = ROOT.certify(ISSUING, 0, DAY, NOW);
    CertificatePaths paths =
        new CertificatePaths(
            new TrustAnchors(List.of(ANCHOR), List.of(brief)),
            new Crls(List.of(ROOT_LIST, ISSUING_LIST)));

    CertificateVerdict verdict = check(paths, LEAF, NOW.plus(DAY.multipliedBy(2)));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.certificate()).isEqualTo(brief));
    assertThat(verdict).matches(fault("EXPIRED"));
  }

  @Test
  void withoutARevocationListNothingIsTrusted() {
    assertThat(check(paths(ROOT_LIST), LEAF, NOW)).matches(fault("CRL_MISSING"));
    assertThat(check(paths(ISSUING_LIST), LEAF, NOW)).matches(fault("CRL_MISSING"));
  }

  @Test
  void aRevocationListOfAnotherKeyOfTheSameNameDoesNotCount() {
    X509CRL forged = NEXT_ISSUING.revoke(Set.of(), NOW, NOW.plus(YEAR));

    assertThat(check(paths(ROOT_LIST, forged), LEAF, NOW)).matches(fault("CRL_MISSING"));
  }

  @Test
  void aRevocationListIsStaleFromItsNextUpdateOn() {
    X509CRL brief = ISSUING.revoke(Set.of(), NOW, NOW.plus(DAY));
    CertificatePaths paths = paths(ROOT_LIST, brief);

    assertThat(check(paths, LEAF, NOW.plus(DAY).minusMillis(1))).isInstanceOf(Trusted.class);
    assertThat(check(paths, LEAF, NOW.plus(DAY))).matches(fault("CRL_STALE"));
  }

  @Test
  void aListThatComesLaterCountsFromTheNextJudgementOn() {
    CertificatePaths paths = paths(ROOT_LIST, ISSUING_LIST);
    assertThat(check(paths, LEAF, NOW)).isInstanceOf(Trusted.class);

    paths.renew(new Crls(List.of(ISSUING.revoke(serials(LEAF), NOW.plus(DAY), NOW.plus(YEAR)))));

    assertThat(check(paths, LEAF, NOW.plus(DAY))).matches(fault("REVOKED"));
  }

  @Test
  void noRevocationIsUnmadeByAnOlderListOrByOneThatIsGone() {
    X509CRL newer = ISSUING.revoke(serials(LEAF), NOW.plus(DAY), NOW.plus(YEAR));
    CertificatePaths paths = paths(ROOT_LIST, newer);

    paths.renew(new Crls(List.of(ROOT_LIST, ISSUING_LIST)));
    paths.renew(new Crls(List.of()));

    assertThat(check(paths, LEAF, NOW.plus(DAY))).matches(fault("REVOKED"));
  }

  @Test
  void aForgedListOfAnotherKeyRenewsNothing() {
    CertificatePaths paths = paths(ROOT_LIST, ISSUING_LIST);

    paths.renew(
        new Crls(List.of(NEXT_ISSUING.revoke(serials(LEAF), NOW.plus(DAY), NOW.plus(YEAR)))));

    assertThat(check(paths, LEAF, NOW.plus(DAY))).isInstanceOf(Trusted.class);
  }

  @Test
  void theFirstEndIsThatOfTheListsThatCountAndNotOfTheirPredecessors() {
    X509CRL old = ISSUING.revoke(Set.of(), NOW.minus(DAY), NOW.plus(DAY));

    assertThat(paths(old, ROOT_LIST).firstListEnds()).contains(NOW.plus(DAY));
    assertThat(paths(old, ISSUING_LIST, ROOT_LIST).firstListEnds()).contains(NOW.plus(YEAR));
    assertThat(paths().firstListEnds()).isEmpty();
  }

  @Test
  void theNewestRevocationListCounts() {
    X509CRL newer = ISSUING.revoke(serials(LEAF), NOW.plus(DAY), NOW.plus(YEAR));

    assertThat(check(paths(ROOT_LIST, newer, ISSUING_LIST), LEAF, NOW.plus(DAY)))
        .matches(fault("REVOKED"));
  }

  @Test
  void aRevokedIssuingCaTakesItsCertificatesWithIt() {
    X509CRL revoking = ROOT.revoke(serials(INTERMEDIATE), NOW, NOW.plus(YEAR));

    assertThat(check(paths(revoking, ISSUING_LIST), LEAF, NOW))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(CertificateFault.REVOKED);
              assertThat(refused.certificate()).isEqualTo(INTERMEDIATE);
            });
  }

  @Test
  void twoKeysOfOneCaAreBelievedSideBySide() {
    X509CRL nextList = NEXT_ISSUING.revoke(Set.of(), NOW, NOW.plus(YEAR));
    CertificatePaths paths =
        new CertificatePaths(
            new TrustAnchors(List.of(ANCHOR), List.of(INTERMEDIATE, NEXT_INTERMEDIATE)),
            new Crls(List.of(ROOT_LIST, ISSUING_LIST, nextList)));

    assertThat(check(paths, LEAF, NOW)).isInstanceOf(Trusted.class);
    assertThat(check(paths, leaf(NEXT_ISSUING), NOW)).isInstanceOf(Trusted.class);
  }

  @Test
  void anIssuingCaThatIsNotConfiguredIsUnknownEvenBelowTheAnchor() {
    CertificateVerdict verdict = check(paths(ROOT_LIST, ISSUING_LIST), leaf(NEXT_ISSUING), NOW);

    assertThat(verdict).matches(fault("UNKNOWN_ISSUER"));
  }

  @Test
  void aCaBelowAnIssuingCaBreaksItsPathLength() {
    CertificateAuthority below = CertificateAuthority.of("below", KeyKind.RSA_2048.generate());
    X509Certificate tooDeep = ISSUING.certify(below, 0, YEAR, NOW);
    X509CRL list = below.revoke(Set.of(), NOW, NOW.plus(YEAR));
    CertificatePaths paths =
        new CertificatePaths(
            new TrustAnchors(List.of(ANCHOR), List.of(INTERMEDIATE, tooDeep)),
            new Crls(List.of(ROOT_LIST, ISSUING_LIST, list)));

    assertThat(check(paths, leaf(below), NOW)).matches(fault("INVALID_PATH"));
  }

  @ParameterizedTest
  @CsvSource({"EC, secp521r1", "Ed25519, Ed25519", "DSA, 2048"})
  void keysOfOtherKindsAreRefused(String algorithm, String parameter) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    switch (algorithm) {
      case "EC" -> generator.initialize(new ECGenParameterSpec(parameter));
      case "DSA" -> generator.initialize(Integer.parseInt(parameter));
      default -> {}
    }
    X509Certificate leaf = leaf(ISSUING, generator.generateKeyPair().getPublic());

    assertThat(check(paths(ROOT_LIST, ISSUING_LIST), leaf, NOW)).matches(fault("WEAK_KEY"));
  }

  @Test
  void aCaMayNotSignMessages() {
    assertThat(check(paths(ROOT_LIST, ISSUING_LIST), INTERMEDIATE, NOW))
        .matches(fault("CA_CERTIFICATE"));
  }

  @Test
  void anEndEntityCertificateCannotBeAnAnchor() {
    assertThatThrownBy(() -> new TrustAnchors(List.of(LEAF), List.of()))
        .isInstanceOf(KeyMaterialException.class)
        .hasMessageContaining("not a CA certificate");
  }

  private static CertificatePaths paths(X509CRL... lists) {
    return new CertificatePaths(
        new TrustAnchors(List.of(ANCHOR), List.of(INTERMEDIATE)), new Crls(List.of(lists)));
  }

  private static CertificateVerdict check(CertificatePaths paths, X509Certificate one, Instant at) {
    return paths.check(one, CertificatePurpose.MESSAGE_SIGNING, at);
  }

  private static X509Certificate leaf(CertificateAuthority issuer) {
    return leaf(issuer, LEAF_KEY.getPublic());
  }

  private static X509Certificate leaf(CertificateAuthority issuer, PublicKey key) {
    CertificateTemplate template =
        CertificateTemplate.signing(Group.CLINICAL, "leaf", KeyKind.EC_P256)
            .validFrom(DAY.negated(), DAY.multipliedBy(100));
    return issuer.issue(template, key, NOW);
  }

  private static Set<BigInteger> serials(X509Certificate certificate) {
    return Set.of(certificate.getSerialNumber());
  }

  private static Predicate<CertificateVerdict> fault(String name) {
    return verdict ->
        verdict instanceof Refused refused && refused.fault() == CertificateFault.valueOf(name);
  }
}
