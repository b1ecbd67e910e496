package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.pki.CertificateFingerprints;

/** Whose each of the three things is that must agree on one system, for the operator. */
final class Disagreements {

  private static final String NOBODY = "not registered";

  private Disagreements() {}

  static String of(
      List<RegisteredSystem> systems,
      CertificateFingerprint transport,
      CertificateFingerprint signing,
      Asid claimed) {
    boolean known = systems.stream().anyMatch(each -> each.system().asid().equals(claimed));
    return "TLS certificate "
        + owners(systems, RegisteredSystem::transport, transport)
        + ", signing certificate "
        + owners(systems, RegisteredSystem::signing, signing)
        + ", ASID "
        + claimed.digits()
        + (known ? "" : " " + NOBODY);
  }

  private static String owners(
      List<RegisteredSystem> systems,
      Function<RegisteredSystem, Set<X509Certificate>> certificates,
      CertificateFingerprint wanted) {
    String owners =
        systems.stream()
            .filter(
                each ->
                    certificates.apply(each).stream()
                        .map(CertificateFingerprints::of)
                        .anyMatch(wanted::equals))
            .map(each -> each.system().asid().digits())
            .sorted()
            .collect(Collectors.joining(" and "));
    return owners.isEmpty() ? NOBODY : "of " + owners;
  }
}
