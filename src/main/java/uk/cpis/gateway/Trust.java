package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.Registration;
import uk.cpis.gateway.operations.RegistrationOutcome;
import uk.cpis.gateway.pki.CertificatePaths;

/**
 * Whom the gateway knows and believes, and who it is itself: the registration, the CAs with their
 * revocation lists, and its own keys. Each is looked at again while it runs.
 */
record Trust(
    Directory directory,
    Registry registry,
    OwnKeys own,
    RevocationLists lists,
    Degradation degradation,
    Optional<ListAddresses> addresses,
    InstantSource clock) {

  /** Has in force what lies in the files, audits what is new in it, and looks at them from now. */
  static Trust open(Opening opening, Keyring keys, Ground ground) {
    GatewayConfig settings = opening.settings();
    InstantSource clock = opening.clock();
    RegistrationAudit changes = new RegistrationAudit(ground.store(), ground.audit());
    Path folder = settings.directory().folder();
    String seen = Registry.contents(folder);
    Registrations registered = Registrations.read(folder);
    changes.keep(registered, RegistrationAudit.FILES);
    Directory directory = Directory.open(registered, ground.store(), clock);
    OwnKeys own = new OwnKeys(settings, keys.seen(), keys.own(), changes, clock);
    CertificatePaths paths = keys.own().paths();
    Degradation degradation =
        new Degradation(
            settings.trust().revocationUnknownUntil(), paths, changes, clock, own::trustChanged);
    RevocationLists lists =
        new RevocationLists(
            RevocationLists.files(settings.trust()),
            keys.own().revocationLists(),
            paths,
            clock,
            own::trustChanged);
    Registry registry =
        new Registry(
            folder,
            seen,
            directory,
            changes::keep,
            ground.audit(),
            own::trustChanged,
            gone -> ground.store().read(tx -> tx.owed().countCollectable(gone, 0)));
    Trust trust =
        new Trust(
            directory, registry, own, lists, degradation, addresses(settings.trust(), own), clock);
    trust.look(opening);
    return trust;
  }

  private static Optional<ListAddresses> addresses(GatewayConfig.Trust settings, OwnKeys own) {
    return settings
        .revocationListAddresses()
        .map(
            each ->
                new ListAddresses(
                    each,
                    settings.revocationListFolder().orElseThrow(),
                    () -> own.current().anchors()));
  }

  private void look(Opening opening) {
    GatewayConfig settings = opening.settings();
    GatewayConfig.Trust often = settings.trust();
    opening.every(often.revocationListsEvery(), "revocation-lists", lists::look);
    addresses.ifPresent(
        each ->
            opening.opened(
                Rounds.openAtOnce(
                    "list-addresses",
                    often.revocationListsFetchedEvery(),
                    each::fetch,
                    lists::look)));
    opening.every(settings.keys().lookEvery(), "own-keys", own::look);
    opening.every(settings.directory().lookEvery(), "registration", registry::look);
  }

  /** What ends when, of its own and of partners. */
  List<Expiry> forecast() {
    return CertificateForecast.of(
        own.current(), directory.systems(), directory.registeredAuthorities());
  }

  /** What operators may have done to it. */
  Registration desk() {
    return new Registration(
        registry::load,
        registry::takeProposed,
        own::load,
        this::forecast,
        new Registration.Unknown(this::degrade, this::degradeNoMore));
  }

  private RegistrationOutcome degrade(String until, String reason, Operator operator) {
    RegistrationOutcome outcome = degradation.begin(until, reason, operator);
    lists.tellDegraded();
    return outcome;
  }

  private RegistrationOutcome degradeNoMore(Operator operator) {
    RegistrationOutcome outcome = degradation.end(operator);
    lists.tellDegraded();
    return outcome;
  }

  List<Health.Check> checks() {
    return List.of(
        new Health.Check("revocation lists", false, lists::fault),
        new Health.Check("registration", false, registry::fault, registry::state),
        new Health.Check("keys", false, own::fault),
        new Health.Check(
            "certificates",
            false,
            () -> CertificateForecast.fault(forecast(), clock.instant()),
            () -> CertificateForecast.state(forecast())),
        new Health.Check("list addresses", false, () -> addresses.flatMap(ListAddresses::fault)));
  }
}
