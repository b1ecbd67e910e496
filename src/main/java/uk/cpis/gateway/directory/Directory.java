package uk.cpis.gateway.directory;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
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
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.store.Store;

/**
 * The registered systems, local authorities and sites as of the start. Only the authorities'
 * telephones change while it runs; those the store keeps.
 */
public final class Directory {

  /** The three things that must agree on one system. */
  private record Identity(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid asid) {}

  private final Store store;
  private final List<RegisteredSystem> systems;
  private final Map<Identity, AccreditedSystem> identities;
  private final Map<OdsCode, RegisteredAuthority> authorities;
  private final Map<OdsCode, RegisteredSite> sites;

  private Directory(Store store, Registrations registrations) {
    this.store = store;
    this.systems = registrations.systems();
    this.identities =
        systems.stream()
            .flatMap(each -> identities(each).map(identity -> Map.entry(identity, each.system())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.authorities = byCode(registrations.authorities(), each -> each.authority().code());
    this.sites = byCode(registrations.sites(), RegisteredSite::code);
  }

  /** Reads the registration folder and registers its authorities in the store. */
  public static Directory open(Path folder, Store store) {
    return open(Registrations.read(folder), store);
  }

  /** The same, of a registration at hand. */
  public static Directory open(Registrations registrations, Store store) {
    store.change(
        tx ->
            registrations
                .authorities()
                .forEach(each -> tx.authorities().register(each.authority())));
    return new Directory(store, registrations);
  }

  /**
   * The one system on which transport certificate, signing certificate and claimed ASID agree;
   * empty when they do not.
   */
  public Optional<AccreditedSystem> system(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return Optional.ofNullable(identities.get(new Identity(transport, signing, claimed)));
  }

  /** Whose each of the three is, for the operator who is asked why they do not agree. */
  public String disagreement(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return Disagreements.of(systems, transport, signing, claimed);
  }

  private static Stream<Identity> identities(RegisteredSystem registered) {
    Asid asid = registered.system().asid();
    return registered.transport().stream()
        .map(CertificateFingerprints::of)
        .flatMap(
            transport ->
                registered.signing().stream()
                    .map(CertificateFingerprints::of)
                    .map(signing -> new Identity(transport, signing, asid)));
  }

  /** The authority with its current telephones. */
  public Optional<LocalAuthority> authority(OdsCode code) {
    return store.read(tx -> tx.authorities().find(code));
  }

  /** How notifications reach this authority; one that is no longer registered collects. */
  public RegisteredAuthority.Delivery deliveryTo(OdsCode code) {
    return Optional.ofNullable(authorities.get(code))
        .map(RegisteredAuthority::delivery)
        .orElse(RegisteredAuthority.Delivery.PULL);
  }

  /** Where this authority takes its notifications, if it has registered an endpoint. */
  public Optional<AuthorityEndpoint> endpointOf(OdsCode code) {
    return Optional.ofNullable(authorities.get(code)).flatMap(RegisteredAuthority::endpoint);
  }

  public Optional<RegisteredSite> site(OdsCode code) {
    return Optional.ofNullable(sites.get(code));
  }

  /** The codes of all registered authorities, in their order. */
  public List<OdsCode> authorities() {
    return authorities.keySet().stream().sorted().toList();
  }

  /** The authorities that have a system registered to submit. */
  public Set<OdsCode> submitters() {
    return systemsFor(Interaction.UPDATE)
        .flatMap(system -> system.localAuthority().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The systems that are registered to query. */
  public Set<Asid> askers() {
    return systemsFor(Interaction.QUERY)
        .map(AccreditedSystem::asid)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<AccreditedSystem> systemsFor(Interaction interaction) {
    return systems.stream()
        .map(RegisteredSystem::system)
        .filter(system -> system.mayUse(interaction));
  }

  /**
   * The signing certificates of all systems and of all endpoints, among which a signature that
   * names its certificate by issuer, key identifier or thumbprint finds it; being among them means
   * nothing more.
   */
  public Set<X509Certificate> registeredSigningCertificates() {
    return Stream.concat(
            systems.stream().map(RegisteredSystem::signing),
            authorities.values().stream()
                .flatMap(authority -> authority.endpoint().stream())
                .map(AuthorityEndpoint::signing))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <K, V> Map<K, V> byCode(List<V> all, Function<V, K> code) {
    return all.stream().collect(Collectors.toUnmodifiableMap(code, Function.identity()));
  }
}
