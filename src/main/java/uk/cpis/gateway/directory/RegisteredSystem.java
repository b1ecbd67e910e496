package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.util.Set;
import uk.cpis.gateway.domain.AccreditedSystem;

/**
 * A system with the certificates it connects with and those it signs with; they may be the same.
 */
public record RegisteredSystem(
    AccreditedSystem system, Set<X509Certificate> transport, Set<X509Certificate> signing) {

  /** Copies the sets. */
  public RegisteredSystem {
    transport = Set.copyOf(transport);
    signing = Set.copyOf(signing);
  }
}
