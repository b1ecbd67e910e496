package uk.cpis.gateway.pki;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** Certificates from a leaf upwards, each issued by the next; the last one may be the anchor. */
record IssuedPath(List<X509Certificate> certificates) {

  /** The paths that reach an anchor within this many certificates, the shortest first. */
  Stream<IssuedPath> upwards(TrustAnchors trust, int longest) {
    if (certificates.size() == longest) {
      return Stream.empty();
    }
    return Stream.concat(
        above(trust.anchors()),
        above(trust.intermediates()).flatMap(p -> p.upwards(trust, longest)));
  }

  List<X509Certificate> belowAnchor() {
    return certificates.subList(0, certificates.size() - 1);
  }

  List<X509Certificate> intermediates() {
    return certificates.subList(1, certificates.size() - 1);
  }

  X509Certificate anchor() {
    return top();
  }

  private X509Certificate top() {
    return certificates.get(certificates.size() - 1);
  }

  private Stream<IssuedPath> above(List<X509Certificate> issuers) {
    return issuers.stream()
        .filter(issuer -> !certificates.contains(issuer))
        .filter(issuer -> TrustAnchors.issued(issuer, top()))
        .map(issuer -> new IssuedPath(with(issuer)));
  }

  private List<X509Certificate> with(X509Certificate issuer) {
    return Stream.concat(certificates.stream(), Stream.of(issuer)).toList();
  }
}
