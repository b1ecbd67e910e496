package uk.cpis.gateway.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;
import uk.cpis.gateway.pki.CertificateVerdict.Trusted;

/**
 * Judges a certificate for a purpose at a moment: its own profile, its path to a configured anchor,
 * and revocation of everything on that path.
 *
 * <p>Fails closed: without a current revocation list of each CA on the path nothing is trusted. The
 * moment is given, nothing is fetched; lists are renewed by whoever reads them. Safe for threads;
 * costs some signature verifications per call, so a caller with many messages of one sender may
 * remember verdicts for a while. Whether the certificate is registered, and of whom, is not asked
 * here.
 */
public final class CertificatePaths {
  private final TrustAnchors trust;
  private volatile Revocation revocation;

  public CertificatePaths(TrustAnchors trust, Crls crls) {
    this.trust = trust;
    this.revocation = new Revocation(trust, crls);
  }

  /** Whether this certificate may be used so; other certificates the sender gave do not count. */
  public CertificateVerdict check(
      X509Certificate certificate, CertificatePurpose purpose, Instant at) {
    Optional<Refused> fault = CertificateProfile.ofLeaf(certificate, purpose, at);
    return fault.isPresent() ? fault.get() : checkPath(certificate, at);
  }

  /**
   * Has these lists count from the next judgement on, beside those that count already: of each CA
   * its newest, so that a list put back or taken away unmakes no revocation.
   */
  public void renew(Crls crls) {
    revocation = revocation.renewed(trust, crls);
  }

  /** When the first of the lists that count ends, from when on what its CA issued is refused. */
  public Optional<Instant> firstListEnds() {
    return revocation.firstEnd();
  }

  TrustAnchors trust() {
    return trust;
  }

  private CertificateVerdict checkPath(X509Certificate leaf, Instant at) {
    List<CertificateVerdict> verdicts =
        trust.pathsFrom(leaf).stream().map(path -> judge(path, at)).toList();
    return verdicts.stream()
        .filter(Trusted.class::isInstance)
        .findFirst()
        .or(() -> verdicts.stream().findFirst())
        .orElseGet(() -> unknownIssuer(leaf));
  }

  private CertificateVerdict judge(IssuedPath path, Instant at) {
    return cas(path, at)
        .or(() -> pkix(path, at))
        .or(() -> revoked(path, at))
        .<CertificateVerdict>map(refused -> refused)
        .orElseGet(() -> new Trusted(path.belowAnchor(), path.anchor()));
  }

  private static Optional<Refused> cas(IssuedPath path, Instant at) {
    return CertificateProfile.ofAnchor(path.anchor(), at)
        .or(
            () ->
                path.intermediates().stream()
                    .map(ca -> CertificateProfile.ofIntermediate(ca, at))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  /** The JDK's check of RFC 5280 (constraints, path lengths, critical extensions). */
  private static Optional<Refused> pkix(IssuedPath path, Instant at) {
    try {
      CertPath certificates = Pem.x509().generateCertPath(path.belowAnchor());
      PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
      rules.setRevocationEnabled(false);
      rules.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX").validate(certificates, rules);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      X509Certificate faulty = path.certificates().get(Math.max(0, e.getIndex()));
      String found = e.getReason() + ": " + e.getMessage();
      return Optional.of(
          new Refused(CertificateFault.INVALID_PATH, faulty, "a path valid by RFC 5280", found));
    } catch (GeneralSecurityException e) {
      throw new KeyMaterialException("cannot check a certificate path", e);
    }
  }

  /** From the anchor downwards, since a list counts only when its signer is not revoked. */
  private Optional<Refused> revoked(IssuedPath path, Instant at) {
    Revocation now = revocation;
    List<X509Certificate> all = path.certificates();
    return IntStream.iterate(all.size() - 2, i -> i >= 0, i -> i - 1)
        .mapToObj(i -> now.check(all.get(i), all.get(i + 1), at))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static CertificateVerdict unknownIssuer(X509Certificate leaf) {
    return new Refused(
        CertificateFault.UNKNOWN_ISSUER,
        leaf,
        "an issuer among the configured CAs whose key made the signature",
        "none that does");
  }
}
