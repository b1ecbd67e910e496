package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * The registered systems, local authorities and sites, as they are in force. Another state of the
 * registration takes the place of this one at once and whole; only who is delivered to, and who
 * collects, stays as it was at the start. The authorities' telephones are the store's. Safe to
 * share between threads.
 */
public final class Directory {

  private final Store store;
  private final InstantSource clock;
  private final Map<OdsCode, RegisteredAuthority> atStart;
  private volatile Register register;

  private Directory(Store store, Registrations registrations, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.register =
        new Register(registrations.systems(), registrations.authorities(), registrations.sites());
    this.atStart = register.authorities();
  }

  /** Has this registration in force, and its authorities registered in the store. */
  public static Directory open(Registrations registrations, Store store, InstantSource clock) {
    store.change(tx -> keep(registrations, tx));
    return new Directory(store, registrations, clock);
  }

  /** Registers these authorities in the store. */
  public static void keep(Registrations registrations, Transaction tx) {
    registrations.authorities().forEach(each -> tx.authorities().register(each.authority()));
  }

  /**
   * Has this registration in force from now on, in place of the one before; requests that are under
   * way go on as they were judged.
   */
  public void take(Registrations registrations) {
    Map<OdsCode, RegisteredAuthority> named =
        registrations.authorities().stream()
            .collect(Collectors.toMap(each -> each.authority().code(), each -> each));
    Set<OdsCode> codes = new TreeSet<>(atStart.keySet());
    codes.addAll(named.keySet());
    register =
        new Register(
            registrations.systems(),
            codes.stream()
                .map(code -> inForce(code, Optional.ofNullable(named.get(code))))
                .toList(),
            registrations.sites());
  }

  /** Lanes are made at the start: until the next one, nobody's way of delivery changes. */
  private RegisteredAuthority inForce(OdsCode code, Optional<RegisteredAuthority> named) {
    RegisteredAuthority first = atStart.get(code);
    if (first == null) {
      RegisteredAuthority added = named.orElseThrow();
      return new RegisteredAuthority(added.authority(), Delivery.PULL, added.endpoint());
    }
    return named
        .map(
            now ->
                new RegisteredAuthority(
                    now.authority(), first.delivery(), now.endpoint().or(first::endpoint)))
        .orElse(first);
  }

  /** The authorities whose way of delivery in this registration counts from the next start only. */
  public List<OdsCode> waiting(Registrations registrations) {
    Map<OdsCode, Delivery> ways =
        registrations.authorities().stream()
            .collect(
                Collectors.toMap(each -> each.authority().code(), RegisteredAuthority::delivery));
    Set<OdsCode> codes = new TreeSet<>(atStart.keySet());
    codes.addAll(ways.keySet());
    return codes.stream().filter(code -> ways.get(code) != wayAtStart(code)).toList();
  }

  private @Nullable Delivery wayAtStart(OdsCode code) {
    RegisteredAuthority first = atStart.get(code);
    return first == null ? null : first.delivery();
  }

  /**
   * The one system on which transport certificate, signing certificate and claimed ASID agree, now
   * and inside the validity of all three; empty when they do not.
   */
  public Optional<AccreditedSystem> system(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return register.system(transport, signing, claimed, clock.instant());
  }

  /** Whose each of the three is, for the operator who is asked why they do not agree. */
  public String disagreement(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return Disagreements.of(register.systems(), transport, signing, claimed, clock.instant());
  }

  /** The authority with its current telephones. */
  public Optional<LocalAuthority> authority(OdsCode code) {
    return store.read(tx -> tx.authorities().find(code));
  }

  /** How notifications reach this authority; one that is no longer registered collects. */
  public Delivery deliveryTo(OdsCode code) {
    return Optional.ofNullable(register.authorities().get(code))
        .map(RegisteredAuthority::delivery)
        .orElse(Delivery.PULL);
  }

  /** Where this authority takes its notifications, if it has registered an endpoint. */
  public Optional<AuthorityEndpoint> endpointOf(OdsCode code) {
    return Optional.ofNullable(register.authorities().get(code))
        .flatMap(RegisteredAuthority::endpoint);
  }

  public Optional<RegisteredSite> site(OdsCode code) {
    return register.site(code);
  }

  /** The codes of all registered authorities, in their order. */
  public List<OdsCode> authorities() {
    return register.authorities().keySet().stream().sorted().toList();
  }

  /** All authorities, in their order. */
  public List<RegisteredAuthority> registeredAuthorities() {
    return authorities().stream()
        .flatMap(code -> Stream.ofNullable(register.authorities().get(code)))
        .toList();
  }

  /** All registered systems, suspended and ended ones among them. */
  public List<RegisteredSystem> systems() {
    return register.systems();
  }

  /** The authorities that have a system registered to submit. */
  public Set<OdsCode> submitters() {
    return register
        .systemsFor(Interaction.UPDATE, clock.instant())
        .flatMap(system -> system.localAuthority().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The systems that are registered to query. */
  public Set<Asid> askers() {
    return register
        .systemsFor(Interaction.QUERY, clock.instant())
        .map(AccreditedSystem::asid)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The signing certificates of all systems and of all endpoints, among which a signature that
   * names its certificate by issuer, key identifier or thumbprint finds it; being among them means
   * nothing more. The same object until the registration changes.
   */
  public Set<X509Certificate> registeredSigningCertificates() {
    return register.signing();
  }
}
