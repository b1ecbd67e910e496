package uk.cpis.gateway.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Whose each of the three things is that must agree on one system, for the operator. */
final class Disagreements {

  private static final String NOBODY = "not registered";

  private Disagreements() {}

  static String of(
      List<RegisteredSystem> systems,
      CertificateFingerprint transport,
      CertificateFingerprint signing,
      Asid claimed,
      Instant at) {
    String standing =
        systems.stream()
            .filter(each -> each.system().asid().equals(claimed))
            .findFirst()
            .map(each -> standing(each, at))
            .orElse(" " + NOBODY);
    return "TLS certificate "
        + owners(systems, RegisteredSystem::transport, transport, at)
        + ", signing certificate "
        + owners(systems, RegisteredSystem::signing, signing, at)
        + ", ASID "
        + claimed.digits()
        + standing;
  }

  private static String standing(RegisteredSystem registered, Instant at) {
    if (registered.suspended()) {
      return " suspended";
    }
    return outside(registered.validity(), at);
  }

  private static String outside(Validity validity, Instant at) {
    return validity.holds(at) ? "" : " registered only" + validity;
  }

  private static String owners(
      List<RegisteredSystem> systems,
      Function<RegisteredSystem, Set<RegisteredCertificate>> certificates,
      CertificateFingerprint wanted,
      Instant at) {
    String owners =
        systems.stream()
            .flatMap(
                each ->
                    certificates.apply(each).stream()
                        .filter(certificate -> certificate.fingerprint().equals(wanted))
                        .map(
                            certificate ->
                                each.system().asid().digits()
                                    + outside(certificate.validity(), at)))
            .sorted()
            .collect(Collectors.joining(" and "));
    return owners.isEmpty() ? NOBODY : "of " + owners;
  }
}
