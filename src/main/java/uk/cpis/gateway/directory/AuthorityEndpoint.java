package uk.cpis.gateway.directory;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Set;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.SignatureKind;

/**
 * Where an authority takes its notifications: the address, the system that answers there, the
 * certificates of its server and those its answers are signed with, and the kind of key it wants
 * notifications signed with.
 */
public record AuthorityEndpoint(
    URI address,
    Asid receiver,
    Set<X509Certificate> transport,
    Set<X509Certificate> signing,
    SignatureKind signatureKind) {

  /** Copies the sets, and takes an https address and at least one certificate of each use. */
  public AuthorityEndpoint {
    transport = Set.copyOf(transport);
    signing = Set.copyOf(signing);
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException("an endpoint's address begins with https://");
    }
    if (transport.isEmpty() || signing.isEmpty()) {
      throw new IllegalArgumentException("an endpoint needs server and signing certificates");
    }
  }
}
