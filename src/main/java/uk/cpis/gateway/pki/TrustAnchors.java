package uk.cpis.gateway.pki;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The CAs that are believed: anchors, and the issuing CAs below them.
 *
 * <p>Issuing CAs are configured, never taken from a message, so that a certificate that comes alone
 * is enough, and a stranger's CA never is.
 */
public record TrustAnchors(List<X509Certificate> anchors, List<X509Certificate> intermediates) {
  private static final int LONGEST_PATH = 5;
  private static final int KEY_CERT_SIGN = 5;

  public TrustAnchors {
    anchors = List.copyOf(anchors);
    intermediates = List.copyOf(intermediates);
    if (anchors.isEmpty()) {
      throw new KeyMaterialException("at least one trust anchor is needed");
    }
    Stream.concat(anchors.stream(), intermediates.stream()).forEach(TrustAnchors::mustBeCa);
  }

  /** Reads anchors and issuing CAs from PEM files, each with one certificate or several. */
  public static TrustAnchors fromPem(Collection<Path> anchors, Collection<Path> intermediates) {
    return new TrustAnchors(read(anchors), read(intermediates));
  }

  /** Reads a trust store: what issued itself is an anchor, everything else an issuing CA. */
  public static TrustAnchors fromPkcs12(Path file, char[] password) {
    try {
      List<X509Certificate> all = Pkcs12.trusted(Pkcs12.read(file, password));
      Predicate<X509Certificate> selfIssued = ca -> issued(ca, ca);
      return new TrustAnchors(
          all.stream().filter(selfIssued).toList(),
          all.stream().filter(selfIssued.negate()).toList());
    } catch (KeyStoreException e) {
      throw new KeyMaterialException("cannot read the trust store " + file, e);
    }
  }

  /** All configured CAs. */
  public List<X509Certificate> all() {
    return Stream.concat(anchors.stream(), intermediates.stream()).toList();
  }

  /** Every way from the leaf up to an anchor by name and signature, the shortest first. */
  List<IssuedPath> pathsFrom(X509Certificate leaf) {
    return new IssuedPath(List.of(leaf)).upwards(this, LONGEST_PATH).toList();
  }

  static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<X509Certificate> read(Collection<Path> files) {
    return files.stream().map(Pem::certificates).flatMap(List::stream).toList();
  }

  private static void mustBeCa(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new KeyMaterialException("not a CA certificate: " + Described.of(certificate));
    }
  }
}
