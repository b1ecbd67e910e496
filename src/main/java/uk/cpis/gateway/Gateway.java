package uk.cpis.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.delivery.DeadLetterDesk;
import uk.cpis.gateway.delivery.Delivery;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.delivery.Recipients;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.endpoint.Endpoints;
import uk.cpis.gateway.endpoint.RefusalRecords;
import uk.cpis.gateway.endpoint.Services;
import uk.cpis.gateway.events.DemographicDesk;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.history.AccessHistoryService;
import uk.cpis.gateway.history.HoldingsService;
import uk.cpis.gateway.mailbox.MailboxService;
import uk.cpis.gateway.operations.Deliveries;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.OperationsServer;
import uk.cpis.gateway.operations.Refusals;
import uk.cpis.gateway.operations.Registration;
import uk.cpis.gateway.operations.Sequences;
import uk.cpis.gateway.operations.Upkeep;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.query.PlanQueryService;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.refusals.RefusalBook;
import uk.cpis.gateway.retention.RetentionSweep;
import uk.cpis.gateway.security.SignatureEngine;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.DiskGauge;
import uk.cpis.gateway.store.Making;
import uk.cpis.gateway.store.Settlement;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.submission.SequenceReset;
import uk.cpis.gateway.submission.SubmissionService;
import uk.cpis.gateway.watch.Watch;

/**
 * The gateway, whole: opened from the bottom floor up, closed from the top down. What is here is
 * the picture of the house; who needs one part asks it of the object.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** How long a request waits for the writer before the sender is told to try again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How often it is asked whether a backup is due. */
  private static final Duration LOOK_FOR_BACKUPS = Duration.ofSeconds(30);

  /** How often what nobody asks about is looked at. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration DAY = Duration.ofDays(1);

  /** How many counts of refusals are shown at once. */
  private static final int MOST_COUNTS = 10_000;

  /** How many dead letters of an authority are shown at once. */
  private static final int DEAD_LETTERS_SHOWN = 100;

  private final OpenParts parts;
  private final Store store;
  private final Endpoints endpoints;
  private final OperationsServer operations;
  private final Delivery delivery;

  private Gateway(
      OpenParts parts,
      Store store,
      Endpoints endpoints,
      OperationsServer operations,
      Delivery delivery) {
    this.parts = parts;
    this.store = store;
    this.endpoints = endpoints;
    this.operations = operations;
    this.delivery = delivery;
  }

  /**
   * Opens everything and begins to serve. Throws, with whatever was opened closed again, when a
   * part cannot be opened.
   */
  public static Gateway open(GatewayConfig settings, InstantSource clock) {
    return open(settings, clock, Steps.NONE);
  }

  /** The same, and tells how far it gets: for those who interrupt it. */
  static Gateway open(GatewayConfig settings, InstantSource clock, Steps steps) {
    OpenParts parts = new OpenParts();
    try {
      return open(settings, clock, steps, parts);
    } catch (RuntimeException | Error e) {
      try {
        parts.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Reads keys and certificates as {@link #open} would, and throws as it would; opens nothing. */
  public static void check(GatewayConfig settings) {
    SealingKeys.load(settings, GatewayKeys.load(settings));
    GatewayKeys.ofStore(settings.store());
    Demography.check(settings.demographics(), InstantSource.system());
  }

  private static Gateway open(
      GatewayConfig settings, InstantSource clock, Steps steps, OpenParts parts) {
    WholeProgram.load();
    settings.trust().revocationListFolder().ifPresent(OwnerOnly::folder);
    String keysSeen = OwnKeys.contents(settings);
    GatewayKeys keys = GatewayKeys.load(settings);
    SealingKey sealing = SealingKeys.load(settings, keys);
    OwnerOnly.folder(settings.store().directory());
    Store store =
        parts.opened(
            Store.open(
                Settings.ofStore(settings.store()),
                new Making(() -> FirstStart.objection(settings)),
                steps));
    DiskGauge disk = Settings.ofDisk(settings.store());
    Restore.tell(store);
    Sealer sealer =
        new Sealer(store, sealing, clock, new SecureRandom(), Settings.ofAudit(settings.audit()));
    parts.opened(sealer::sealLast);
    NewestNoted newest = new NewestNoted(store);
    parts.opened(Rounds.open("disk-gauge", LOOK_EVERY, disk::low, newest::note));
    Audit audit = new Audit(store, clock, UUID::randomUUID, PATIENCE);
    Path registration = settings.directory().folder();
    RegistrationAudit changes = new RegistrationAudit(store, audit);
    String registrationSeen = Registry.contents(registration);
    Registrations registered = Registrations.read(registration);
    changes.keep(registered, RegistrationAudit.FILES);
    Directory directory = Directory.open(registered, store, clock);
    OwnKeys own = new OwnKeys(settings, keysSeen, keys, changes, clock);
    RevocationLists revocationLists =
        new RevocationLists(
            RevocationLists.files(settings.trust()),
            keys.revocationLists(),
            keys.paths(),
            clock,
            own::trustChanged);
    Registry registry =
        new Registry(
            registration, registrationSeen, directory, changes::keep, audit, own::trustChanged);
    parts.opened(
        Rounds.open(
            "revocation-lists", settings.trust().revocationListsEvery(), revocationLists::look));
    Optional<ListAddresses> addresses =
        settings
            .trust()
            .revocationListAddresses()
            .map(
                each ->
                    new ListAddresses(
                        each,
                        settings.trust().revocationListFolder().orElseThrow(),
                        () -> own.current().anchors()));
    addresses.ifPresent(
        each ->
            parts.opened(
                Rounds.openAtOnce(
                    "list-addresses",
                    settings.trust().revocationListsFetchedEvery(),
                    each::fetch,
                    revocationLists::look)));
    parts.opened(Rounds.open("own-keys", settings.keys().lookEvery(), own::look));
    parts.opened(Rounds.open("registration", settings.directory().lookEvery(), registry::look));
    Supplier<List<Expiry>> forecast =
        () ->
            CertificateForecast.of(
                own.current(), directory.systems(), directory.registeredAuthorities());
    Watch watch =
        new Watch(
            store,
            directory::submitters,
            directory::askers,
            forecast,
            Settings.ofWatch(settings.watch()),
            clock);
    RefusalBook refusals = new RefusalBook(store, clock);
    parts.opened(refusals::write);
    parts.opened(Rounds.open("refusals", LOOK_EVERY, refusals::write));
    parts.opened(Rounds.open("audit-seals", LOOK_EVERY, sealer::step));
    DemographicDesk news = new DemographicDesk(audit, clock);
    Demography demography =
        Demography.open(settings.demographics(), store, audit, news::apply, clock, parts);
    OwnerOnly.folder(settings.queue().directory());
    Lanes lanes =
        parts.opened(
            Lanes.open(Settings.ofQueue(settings.queue()), Set.copyOf(directory.authorities())));
    steps.reached(Step.BROKER_OPENED);
    Recipients recipients = Calls.open(settings, own, directory, clock, parts);
    Delivery delivery =
        parts.opened(
            Delivery.open(
                store,
                lanes,
                recipients,
                Settings.ofDelivery(settings.delivery()),
                audit,
                clock,
                new SecureRandom(),
                steps));
    steps.reached(Step.DELIVERY_OPENED);
    Function<GatewayKeys, TlsEndpoint> callers = Doors.tls(refusals);
    Endpoints endpoints =
        parts.opened(
            Endpoints.publish(
                Settings.ofHttp(settings.http(), connections(settings.http(), directory)),
                Doors.identity(settings, own, callers.apply(keys), directory, clock),
                new WhileThereIsRoom(disk::low)
                    .of(
                        services(
                            store,
                            directory,
                            demography.lookUps(),
                            news,
                            audit,
                            watch,
                            clock,
                            steps)),
                new RefusalRecords(
                    (id, sender, reason) ->
                        audit.refused(AuditedMessage.unread(id, sender), reason),
                    refusals::note,
                    refusals::count)));
    own.follow(now -> endpoints.renew(callers.apply(now).context()));
    own.trustChanged(); // what changed since the start, and nobody followed yet
    Housekeeping housekeeping =
        parts.opened(
            Housekeeping.open(
                new RetentionSweep(
                    store, audit, clock, Settings.ofRetention(settings.retention()), steps),
                audit,
                clock,
                LocalTime.of(settings.retention().hour(), 0)));
    Backups backups = new Backups(store, audit, clock, settings.backup());
    SizeBudget size = new SizeBudget(store::bytes, settings.store().sizeBudget());
    parts.opened(Rounds.open("upkeep", LOOK_FOR_BACKUPS, size::look, backups::step));
    parts.opened(Rounds.open("watch", LOOK_EVERY, watch::look));
    OperationsServer operations =
        parts.opened(
            OperationsServer.open(
                settings.operations().port(),
                Doors.health(
                    store,
                    disk,
                    lanes,
                    delivery,
                    watch,
                    demography.check(),
                    housekeeping,
                    sealer,
                    backups,
                    size,
                    revocationLists,
                    List.of(
                        new Health.Check("registration", false, registry::fault, registry::state),
                        new Health.Check("keys", false, own::fault),
                        new Health.Check("refusals", false, refusals::fault),
                        new Health.Check(
                            "certificates",
                            false,
                            () -> CertificateForecast.fault(forecast.get(), clock.instant()),
                            () -> CertificateForecast.state(forecast.get())),
                        new Health.Check(
                            "list addresses",
                            false,
                            () -> addresses.flatMap(ListAddresses::fault)))),
                new Deliveries(
                    delivery::status,
                    (authority, operator) ->
                        directory.authority(authority).isPresent()
                            && retried(delivery, audit, authority, operator),
                    delivery::standing,
                    letters(delivery.deadLetters()),
                    watch::standing),
                demography.register(),
                new Sequences(
                    new SequenceReset(store, audit)::of, () -> Restore.lastSequences(store)),
                new Refusals(
                    refusals::find, () -> refusals.counts(clock.instant().minus(DAY), MOST_COUNTS)),
                new Upkeep(
                    housekeeping::sweepFor,
                    backups::takeFor,
                    new AuditFiles(
                            store,
                            audit,
                            sealer,
                            new AuditExport(store, settings.asid(), sealing, clock),
                            clock)
                        .desk(settings.audit().folder())),
                new Registration(registry::load, registry::takeProposed, own::load, forecast)));
    LOG.info(
        "serving at {}, operations at {}; signatures by {}",
        endpoints.addresses(),
        operations.address(),
        SignatureEngine.fastest().name());
    return new Gateway(parts, store, endpoints, operations, delivery);
  }

  /** Audited before it is done. */
  private static boolean retried(
      Delivery delivery, Audit audit, OdsCode authority, String operator) {
    audit.recordOperation(operator, authority, AuditEvent.LANE_RETRIED, "NOW");
    delivery.retryNow(authority);
    return true;
  }

  private static Deliveries.Letters letters(DeadLetterDesk desk) {
    return new Deliveries.Letters(
        desk::counts,
        code -> desk.of(code, DEAD_LETTERS_SHOWN),
        desk::find,
        desk::sendAgain,
        desk::sendAgain);
  }

  private static int connections(GatewayConfig.Http http, Directory directory) {
    int lanes = directory.authorities().size();
    return FilesLeft.now()
        .map(files -> files.connections(http.connections(), lanes))
        .orElse(http.connections());
  }

  private static Services services(
      Store store,
      Directory directory,
      Demographics demographics,
      DemographicDesk news,
      Audit audit,
      Watch watch,
      InstantSource clock,
      Steps steps) {
    PlanQueryService queries =
        new PlanQueryService(directory, store, audit, clock, UUID::randomUUID, PATIENCE);
    MailboxService mailbox = new MailboxService(directory, store, audit, clock, steps);
    return new Services(
        (query, sender) -> {
          watch.asked(sender.asid());
          return queries.answer(query, sender);
        },
        new SubmissionService(
                store, demographics, audit, clock, UUID::randomUUID, news::apply, steps)
            ::accept,
        new HoldingsService(store, audit, clock)::page,
        new AccessHistoryService(store, audit, clock)::show,
        mailbox::collect,
        mailbox::acknowledge);
  }

  /** The addresses by which senders reach it, without a path; the first is the published one. */
  public List<URI> addresses() {
    return endpoints.addresses();
  }

  /** Where operations listen, on the loopback address. */
  public URI operations() {
    return operations.address();
  }

  /** How each lane is doing. */
  public List<LaneStatus> lanes() {
    return delivery.status();
  }

  /** When the authority's answer to this notification settled it; empty while it is owed. */
  public Optional<Instant> settledAt(NotificationId notification) {
    return store.read(tx -> tx.settlements().find(notification)).map(Settlement::at);
  }

  /** Stops serving, then delivering, and closes the broker and the store. */
  @Override
  public void close() {
    parts.close();
    LOG.info("closed");
  }
}
