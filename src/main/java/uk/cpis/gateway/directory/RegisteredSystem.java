package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.AccreditedSystem;

/**
 * A system with the certificates it connects with and those it signs with, which may be the same;
 * from when until when it is registered; and whether it is suspended, as long as nobody says
 * otherwise.
 */
public record RegisteredSystem(
    AccreditedSystem system,
    Set<RegisteredCertificate> transport,
    Set<RegisteredCertificate> signing,
    Validity validity,
    boolean suspended) {

  /** Copies the sets. */
  public RegisteredSystem {
    transport = Set.copyOf(transport);
    signing = Set.copyOf(signing);
  }

  /** A system whose registration and certificates have no end of their own. */
  public static RegisteredSystem of(
      AccreditedSystem system, Set<X509Certificate> transport, Set<X509Certificate> signing) {
    return new RegisteredSystem(system, always(transport), always(signing), Validity.ALWAYS, false);
  }

  private static Set<RegisteredCertificate> always(Collection<X509Certificate> certificates) {
    return certificates.stream()
        .map(RegisteredCertificate::always)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same, suspended or not. */
  public RegisteredSystem suspended(boolean now) {
    return new RegisteredSystem(system, transport, signing, validity, now);
  }

  /** The same, registered from and until then. */
  public RegisteredSystem valid(Validity when) {
    return new RegisteredSystem(system, transport, signing, when, suspended);
  }

  /** The same with these certificates. */
  public RegisteredSystem with(
      Set<RegisteredCertificate> itsTransport, Set<RegisteredCertificate> itsSigning) {
    return new RegisteredSystem(system, itsTransport, itsSigning, validity, suspended);
  }
}
