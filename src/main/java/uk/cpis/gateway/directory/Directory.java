package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * registration takes the place of this one at once and whole; only the way in which an authority is
 * told changes when delivery says that what it is owed goes the new way. The authorities'
 * telephones are the store's. Safe to share between threads.
 */
public final class Directory {

  private final Store store;
  private final InstantSource clock;

  /** To whom notifications are delivered, as it is in force; the others collect. */
  private final Set<OdsCode> delivered = ConcurrentHashMap.newKeySet();

  private volatile Register register;

  private Directory(Store store, Registrations registrations, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.register =
        new Register(registrations.systems(), registrations.authorities(), registrations.sites());
    authorities().stream().filter(this::isToBeDelivered).forEach(delivered::add);
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
    register =
        new Register(registrations.systems(), registrations.authorities(), registrations.sites());
  }

  /** Whether this authority's notifications are to be delivered, as it is registered. */
  public boolean isToBeDelivered(OdsCode code) {
    return Optional.ofNullable(register.authorities().get(code))
        .filter(each -> each.delivery() == Delivery.PUSH)
        .isPresent();
  }

  /** Has this way in force for this authority, as it is registered or still to be. */
  public void tellBy(OdsCode code, Delivery way) {
    if (way == Delivery.PUSH) {
      delivered.add(code);
    } else {
      delivered.remove(code);
    }
  }

  /** The authorities whose registered way is not in force yet. */
  public List<OdsCode> switching() {
    return Stream.concat(delivered.stream(), authorities().stream())
        .filter(code -> isToBeDelivered(code) != delivered.contains(code))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The one system on which transport certificate, signing certificate and claimed ASID agree, now
   * and inside the validity of all three; empty when they do not.
   */
  public Optional<AccreditedSystem> system(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return register.system(transport, signing, claimed, clock.instant());
  }

  /**
   * Whether systems that connect with this certificate are known and none of them counts now: it is
   * suspended, or it or its certificates are outside of their time, be that over or still to come.
   */
  public boolean shutOut(CertificateFingerprint transport) {
    return register.shutOut(transport, clock.instant());
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

  /** How notifications reach this authority now; one that is not registered collects. */
  public Delivery deliveryTo(OdsCode code) {
    return delivered.contains(code) ? Delivery.PUSH : Delivery.PULL;
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
