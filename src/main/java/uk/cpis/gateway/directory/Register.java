package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;

/** One state of the registration, indexed for asking. Immutable. */
final class Register {

  /** The three things that must agree on one system. */
  private record Identity(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid asid) {}

  /** The system they agree on, while all of this holds. */
  private record Agreed(AccreditedSystem system, List<Validity> validities, boolean suspended) {

    boolean counts(Instant at) {
      return !suspended && validities.stream().allMatch(each -> each.holds(at));
    }
  }

  private final List<RegisteredSystem> systems;
  private final Map<Identity, Agreed> identities;
  private final Map<OdsCode, RegisteredAuthority> authorities;
  private final Map<OdsCode, RegisteredSite> sites;
  private final Set<X509Certificate> signing;

  Register(
      List<RegisteredSystem> systems,
      List<RegisteredAuthority> authorities,
      List<RegisteredSite> sites) {
    this.systems = List.copyOf(systems);
    this.identities =
        systems.stream()
            .flatMap(Register::identities)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.authorities = byCode(authorities, each -> each.authority().code());
    this.sites = byCode(sites, RegisteredSite::code);
    this.signing = signing(systems, authorities);
  }

  Optional<AccreditedSystem> system(
      CertificateFingerprint transport, CertificateFingerprint signer, Asid claimed, Instant at) {
    return Optional.ofNullable(identities.get(new Identity(transport, signer, claimed)))
        .filter(agreed -> agreed.counts(at))
        .map(Agreed::system);
  }

  private static Stream<Map.Entry<Identity, Agreed>> identities(RegisteredSystem registered) {
    return registered.transport().stream()
        .flatMap(
            transport ->
                registered.signing().stream()
                    .map(
                        signing ->
                            Map.entry(
                                identity(registered, transport, signing),
                                agreed(registered, transport, signing))));
  }

  private static Identity identity(
      RegisteredSystem registered, RegisteredCertificate transport, RegisteredCertificate signing) {
    return new Identity(transport.fingerprint(), signing.fingerprint(), registered.system().asid());
  }

  private static Agreed agreed(
      RegisteredSystem registered, RegisteredCertificate transport, RegisteredCertificate signing) {
    return new Agreed(
        registered.system(),
        List.of(registered.validity(), transport.validity(), signing.validity()),
        registered.suspended());
  }

  private static Set<X509Certificate> signing(
      List<RegisteredSystem> systems, List<RegisteredAuthority> authorities) {
    return Stream.concat(
            systems.stream()
                .flatMap(each -> each.signing().stream())
                .map(RegisteredCertificate::certificate),
            authorities.stream()
                .flatMap(authority -> authority.endpoint().stream())
                .flatMap(endpoint -> endpoint.signing().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether systems that connect with this certificate are known, and none of them counts now. */
  boolean shutOut(CertificateFingerprint transport, Instant at) {
    List<Agreed> theirs =
        identities.entrySet().stream()
            .filter(each -> each.getKey().transport().equals(transport))
            .map(Map.Entry::getValue)
            .toList();
    return !theirs.isEmpty() && theirs.stream().noneMatch(each -> each.counts(at));
  }

  Stream<AccreditedSystem> systemsFor(Interaction interaction, Instant at) {
    return systems.stream()
        .filter(each -> !each.suspended() && each.validity().holds(at))
        .map(RegisteredSystem::system)
        .filter(system -> system.mayUse(interaction));
  }

  List<RegisteredSystem> systems() {
    return systems;
  }

  Map<OdsCode, RegisteredAuthority> authorities() {
    return authorities;
  }

  Optional<RegisteredSite> site(OdsCode code) {
    return Optional.ofNullable(sites.get(code));
  }

  Set<X509Certificate> signing() {
    return signing;
  }

  private static <K, V> Map<K, V> byCode(List<V> all, Function<V, K> code) {
    return all.stream().collect(Collectors.toUnmodifiableMap(code, Function.identity()));
  }
}
