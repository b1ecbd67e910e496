package uk.cpis.gateway.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private volatile Believed believed;

  /**
   * Whom it believes, what was revoked, and until when that may be unknown: one moment's state,
   * replaced as a whole.
   */
  private record Believed(
      TrustAnchors trust, Revocation revocation, Optional<Instant> unknownUntil) {

    boolean mayBeUnknown(Instant at) {
      return unknownUntil.filter(at::isBefore).isPresent();
    }
  }

  public CertificatePaths(TrustAnchors trust, Crls crls) {
    this(trust, crls, Optional.empty());
  }

  /**
   * The same, but until this moment a certificate passes whose revocation is unknown because a list
   * is missing or has ended; one that is on a list never does.
   */
  public CertificatePaths(TrustAnchors trust, Crls crls, Optional<Instant> unknownUntil) {
    this.believed = new Believed(trust, new Revocation(trust, crls), unknownUntil);
  }

  /** What is wrong with a certificate by itself for this purpose, whoever issued it. */
  public static Optional<Refused> faultOf(
      X509Certificate certificate, CertificatePurpose purpose, Instant at) {
    return CertificateProfile.ofLeaf(certificate, purpose, at);
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
  public synchronized void renew(Crls crls) {
    Believed now = believed;
    believed = new Believed(now.trust, now.revocation.renewed(now.trust, crls), now.unknownUntil);
  }

  /** Has these CAs be believed from the next judgement on, in place of those before. */
  public synchronized void renew(TrustAnchors trust, Crls crls) {
    Believed now = believed;
    believed = new Believed(trust, now.revocation.renewed(trust, crls), now.unknownUntil);
  }

  /** Has certificates pass whose revocation is unknown until this moment, or from now on none. */
  public synchronized void renew(Optional<Instant> unknownUntil) {
    Believed now = believed;
    believed = new Believed(now.trust, now.revocation, unknownUntil);
  }

  /** What a judgement rests on: another object as soon as CAs or lists are others. */
  public Object basis() {
    return believed;
  }

  /** Until when certificates pass whose revocation is unknown, where they do at all. */
  public Optional<Instant> revocationUnknownUntil() {
    return believed.unknownUntil;
  }

  /** When the newest list of each CA ends, by the CA's name; empty for one without a list. */
  public Map<String, Optional<Instant>> listEnds() {
    Believed now = believed;
    Map<String, Optional<Instant>> ends = new TreeMap<>();
    now.trust
        .all()
        .forEach(
            ca -> ends.put(Described.name(ca.getSubjectX500Principal()), now.revocation.endOf(ca)));
    return ends;
  }

  /** When the first of the lists that count ends, from when on what its CA issued is refused. */
  public Optional<Instant> firstListEnds() {
    return believed.revocation.firstEnd();
  }

  /** The CAs that are believed. */
  public TrustAnchors trust() {
    return believed.trust;
  }

  private CertificateVerdict checkPath(X509Certificate leaf, Instant at) {
    Believed now = believed;
    List<CertificateVerdict> verdicts =
        now.trust.pathsFrom(leaf).stream().map(path -> judge(path, now, at)).toList();
    return verdicts.stream()
        .min(Comparator.comparing(CertificatePaths::rank))
        .orElseGet(() -> unknownIssuer(leaf));
  }

  /** The best of several paths counts, and of those refused the first. */
  private static int rank(CertificateVerdict verdict) {
    if (verdict instanceof Trusted trusted) {
      return trusted.revocationKnown() ? 0 : 1;
    }
    return 2;
  }

  private CertificateVerdict judge(IssuedPath path, Believed now, Instant at) {
    return cas(path, at)
        .or(() -> pkix(path, at))
        .<CertificateVerdict>map(refused -> refused)
        .orElseGet(() -> unrevoked(path, now, at));
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
  private CertificateVerdict unrevoked(IssuedPath path, Believed now, Instant at) {
    List<X509Certificate> all = path.certificates();
    boolean known = true;
    for (int i = all.size() - 2; i >= 0; i--) {
      Optional<Refused> refused = now.revocation.check(all.get(i), all.get(i + 1), at);
      if (refused.isPresent() && !(unknown(refused.get()) && now.mayBeUnknown(at))) {
        return refused.get();
      }
      known &= refused.isEmpty();
    }
    return new Trusted(path.belowAnchor(), path.anchor(), known);
  }

  private static boolean unknown(Refused refused) {
    return refused.fault() == CertificateFault.CRL_MISSING
        || refused.fault() == CertificateFault.CRL_STALE;
  }

  private static CertificateVerdict unknownIssuer(X509Certificate leaf) {
    return new Refused(
        CertificateFault.UNKNOWN_ISSUER,
        leaf,
        "an issuer among the configured CAs whose key made the signature",
        "none that does");
  }
}
