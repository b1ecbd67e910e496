package uk.cpis.gateway.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

/**
 * Makes the certificates of development and demonstration: two CAs, the gateway, clinical systems,
 * authorities, and bad ones that must be refused. Never for live use: the keys of its CAs lie
 * beside the certificates.
 *
 * <p>Not safe for threads; two processes must not make the same PKI at once.
 */
public final class DevelopmentPki {
  private static final int PASSWORD_BYTES = 18;
  private static final Duration LIFE_OF_LISTS = Duration.ofDays(30);

  private final Path directory;
  private final DevelopmentCertificates made;
  private final InstantSource clock;
  private final Duration lifeOfLists;

  /** Is told how far the making is, since it takes seconds. */
  @FunctionalInterface
  public interface Progress {
    void made(int done, int total);
  }

  /** A PKI in this directory, which need not exist yet; its revocation lists last 30 days. */
  public DevelopmentPki(Path directory, InstantSource clock) {
    this(directory, clock, LIFE_OF_LISTS);
  }

  /** The same with revocation lists that last this long, for whoever moves the clock. */
  public DevelopmentPki(Path directory, InstantSource clock, Duration lifeOfLists) {
    this.lifeOfLists = lifeOfLists;
    this.directory = directory;
    this.made = new DevelopmentCertificates(directory);
    this.clock = clock;
  }

  /** Whether a development PKI made this certificate, so that a live gateway must refuse it. */
  public static boolean made(X509Certificate certificate) {
    return CertificateAuthority.issuedByDevelopment(certificate);
  }

  /**
   * Makes what is absent and leaves everything else as it is; also renews revocation lists that end
   * soon. Without its CAs everything is made anew, since nothing old would be trusted.
   */
  public DevelopmentCertificates makeAbsent(Collection<OdsCode> authorities, Progress progress) {
    if (!DevelopmentCas.present(made.ca())) {
      return makeAll(authorities, progress);
    }
    DevelopmentCas cas = DevelopmentCas.open(made.ca());
    List<CertificateTemplate> absent =
        DevelopmentEntities.all(authorities).stream()
            .filter(template -> !present(template, cas.issuingCertificate()))
            .toList();
    return make(cas, absent, progress);
  }

  /** Makes everything anew, with new keys and CAs; the password stays. */
  public DevelopmentCertificates makeAll(Collection<OdsCode> authorities, Progress progress) {
    folders();
    DevelopmentCas cas = DevelopmentCas.make(made.ca(), made.password(), clock.instant());
    return make(cas, DevelopmentEntities.all(authorities), progress);
  }

  private DevelopmentCertificates make(
      DevelopmentCas cas, List<CertificateTemplate> templates, Progress progress) {
    folders();
    char[] password = made.password();
    int done = 0;
    for (CertificateTemplate template : templates) {
      write(template, keys(template, cas), password);
      progress.made(++done, templates.size());
    }
    publishLists(cas);
    return made;
  }

  /** Whether all files are there and not of an earlier CA, as after an interrupted renewal. */
  private boolean present(CertificateTemplate template, X509Certificate issuing) {
    if (!DevelopmentCertificate.present(directory, template.group(), template.name())) {
      return false;
    }
    X509Certificate found = made.of(template.group(), template.name()).certificate();
    return template.name().equals(DevelopmentEntities.UNKNOWN_CA)
        || TrustAnchors.issued(issuing, found);
  }

  private KeyMaterial keys(CertificateTemplate template, DevelopmentCas cas) {
    KeyPair pair = template.key().generate();
    Instant now = clock.instant();
    if (template.name().equals(DevelopmentEntities.UNKNOWN_CA)) {
      return new KeyMaterial(
          pair.getPrivate(), List.of(lookalike().issue(template, pair.getPublic(), now)));
    }
    X509Certificate issued = cas.issuing().issue(template, pair.getPublic(), now);
    return new KeyMaterial(pair.getPrivate(), List.of(issued, cas.issuingCertificate()));
  }

  /** A CA that bears the name of ours and forgets its key at once. */
  private static CertificateAuthority lookalike() {
    return CertificateAuthority.of(DevelopmentCas.ISSUING_NAME, KeyKind.RSA_2048.generate());
  }

  /** The PKCS#12 file last: an entity interrupted half-way counts as absent. */
  private void write(CertificateTemplate template, KeyMaterial keys, char[] password) {
    Path folder = template.group().under(directory);
    String name = template.name();
    Path pkcs12 = DevelopmentCertificate.pkcs12(folder, name);
    OwnerOnly.delete(pkcs12);
    OwnerOnly.write(DevelopmentCertificate.privateKey(folder, name), Pem.write(keys.privateKey()));
    OwnerOnly.write(DevelopmentCertificate.chain(folder, name), Pem.write(keys.chain()));
    OwnerOnly.write(pkcs12, Pkcs12.write(Pkcs12.of(name, keys, password), password));
  }

  private void publishLists(DevelopmentCas cas) {
    X509Certificate revoked = made.of(Group.BAD, DevelopmentEntities.REVOKED).certificate();
    cas.publishLists(Set.of(revoked.getSerialNumber()), lifeOfLists, clock.instant());
  }

  private void folders() {
    OwnerOnly.folder(made.ca());
    for (Group group : Group.values()) {
      OwnerOnly.folder(group.under(directory));
    }
    if (!Files.exists(made.passwordFile())) {
      byte[] secret = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(secret);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      OwnerOnly.write(made.passwordFile(), password + "\n");
    }
  }
}
