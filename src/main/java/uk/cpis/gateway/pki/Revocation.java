package uk.cpis.gateway.pki;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;

/**
 * The newest revocation list of each configured CA.
 *
 * <p>Written here and not left to the JDK's path check, whose revocation checker fetches lists from
 * addresses in certificates as soon as it is configured explicitly, and which cannot tell a missing
 * list from a stale one. Immutable.
 */
final class Revocation {
  private static final int CRL_SIGN = 6;

  private final Map<X509Certificate, X509CRL> newest = new HashMap<>();

  Revocation(TrustAnchors trust, Crls crls) {
    this(trust, crls.lists().stream());
  }

  private Revocation(TrustAnchors trust, Stream<X509CRL> lists) {
    List<X509CRL> all = lists.toList();
    for (X509Certificate ca : trust.all()) {
      all.stream()
          .filter(crl -> signed(ca, crl))
          .max(Comparator.comparing(X509CRL::getThisUpdate))
          .ifPresent(crl -> newest.put(ca, crl));
    }
  }

  /** The newest of those it has and of these. */
  Revocation renewed(TrustAnchors trust, Crls crls) {
    return new Revocation(trust, Stream.concat(newest.values().stream(), crls.lists().stream()));
  }

  /** When the first of them ends; empty when there is none. */
  Optional<Instant> firstEnd() {
    return newest.values().stream()
        .map(X509CRL::getNextUpdate)
        .map(Date::toInstant)
        .min(Instant::compareTo);
  }

  /** The fault of a certificate by its issuer's list; without a current list it is one. */
  Optional<Refused> check(X509Certificate certificate, X509Certificate issuer, Instant at) {
    X509CRL crl = newest.get(issuer);
    String name = Described.name(issuer.getSubjectX500Principal());
    if (crl == null) {
      return refused(CertificateFault.CRL_MISSING, certificate, "a list signed by " + name, "none");
    }
    X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
    if (entry != null) {
      return refused(
          CertificateFault.REVOKED,
          certificate,
          "not on the list of " + name,
          "revoked at " + entry.getRevocationDate().toInstant());
    }
    Instant ends = crl.getNextUpdate().toInstant();
    return at.isBefore(ends)
        ? Optional.empty()
        : refused(
            CertificateFault.CRL_STALE,
            certificate,
            "a list of " + name + " current at " + at,
            "nextUpdate " + ends);
  }

  /** When the list of this CA ends. */
  Optional<Instant> endOf(X509Certificate ca) {
    return Optional.ofNullable(newest.get(ca)).map(X509CRL::getNextUpdate).map(Date::toInstant);
  }

  static boolean signed(X509Certificate ca, X509CRL crl) {
    boolean[] usage = ca.getKeyUsage();
    if (!ca.getSubjectX500Principal().equals(crl.getIssuerX500Principal())
        || (usage != null && !usage[CRL_SIGN])) {
      return false;
    }
    try {
      crl.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<Refused> refused(
      CertificateFault fault, X509Certificate certificate, String expected, String found) {
    return Optional.of(new Refused(fault, certificate, expected, found));
  }
}
