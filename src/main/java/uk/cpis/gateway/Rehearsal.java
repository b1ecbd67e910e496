package uk.cpis.gateway;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.CertificatePurpose;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.TrustAnchors;

/**
 * Says of each registered partner whether it would still verify, by CAs and lists as they are to
 * be, or at another time. Changes nothing. A use of a partner, TLS or signing, stands while one of
 * its certificates would do.
 */
public final class Rehearsal {

  private final CertificatePaths paths;
  private final Instant at;
  private final List<Use> uses = new ArrayList<>();

  private Rehearsal(CertificatePaths paths, Instant at) {
    this.paths = paths;
    this.at = at;
  }

  /**
   * What is to be tried.
   *
   * @param anchors in place of the configured ones, where any are given; the others likewise
   * @param partners ASIDs and codes; none are all
   */
  public record Plan(
      List<Path> anchors,
      List<Path> intermediates,
      List<Path> lists,
      Set<String> partners,
      Instant at) {}

  /** One certificate, and why it would not do; empty when it would. */
  public record Tried(String certificate, Optional<String> refusal) {}

  /** What a partner uses certificates for, and whether one of them would do. */
  public record Use(String partner, String what, boolean stands, List<Tried> certificates) {}

  /** Tries every partner that is registered in the files of this configuration. */
  public static List<Use> of(GatewayConfig settings, Plan plan) {
    GatewayConfig.Trust trust = settings.trust();
    try {
      TrustAnchors anchors =
          TrustAnchors.fromPem(
              or(plan.anchors(), trust.anchors()),
              or(plan.intermediates(), trust.intermediates().orElse(List.of())));
      Crls lists = Crls.load(or(plan.lists(), RevocationLists.files(trust)));
      Rehearsal rehearsal = new Rehearsal(new CertificatePaths(anchors, lists), plan.at());
      Registrations registered = Registrations.read(settings.directory().folder());
      registered.systems().forEach(rehearsal::of);
      registered.authorities().forEach(rehearsal::of);
      return rehearsal.uses.stream()
          .filter(each -> plan.partners().isEmpty() || plan.partners().contains(each.partner()))
          .toList();
    } catch (KeyMaterialException e) {
      throw new ConfigException(List.of("the CAs or lists of the rehearsal: " + e.getMessage()));
    }
  }

  private static List<Path> or(List<Path> given, List<Path> configured) {
    return given.isEmpty() ? configured : given;
  }

  private void of(RegisteredSystem registered) {
    if (registered.suspended() || !registered.validity().holds(at)) {
      return;
    }
    String asid = registered.system().asid().digits();
    add(asid, "TLS", counting(registered.transport()), CertificatePurpose.TLS_CLIENT);
    add(asid, "signing", counting(registered.signing()), CertificatePurpose.MESSAGE_SIGNING);
  }

  private Set<X509Certificate> counting(Set<RegisteredCertificate> all) {
    return all.stream()
        .filter(each -> each.validity().holds(at))
        .map(RegisteredCertificate::certificate)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void of(RegisteredAuthority registered) {
    String code = registered.authority().code().value();
    registered
        .endpoint()
        .ifPresent(
            endpoint -> {
              add(code, "server", endpoint.transport(), CertificatePurpose.TLS_SERVER);
              add(code, "answers", endpoint.signing(), CertificatePurpose.MESSAGE_SIGNING);
            });
  }

  private void add(
      String partner,
      String what,
      Collection<X509Certificate> certificates,
      CertificatePurpose purpose) {
    List<Tried> tried = certificates.stream().map(each -> tried(each, purpose)).toList();
    boolean stands = tried.stream().anyMatch(each -> each.refusal().isEmpty());
    uses.add(new Use(partner, what, stands, tried));
  }

  private Tried tried(X509Certificate certificate, CertificatePurpose purpose) {
    CertificateVerdict verdict = paths.check(certificate, purpose, at);
    return new Tried(
        CertificateFingerprints.of(certificate).hex(),
        verdict instanceof CertificateVerdict.Refused refused
            ? Optional.of(refused.explanation())
            : Optional.empty());
  }
}
