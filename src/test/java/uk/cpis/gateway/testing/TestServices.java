package uk.cpis.gateway.testing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LocalRegister;
import uk.cpis.gateway.directory.AuthorityEndpoint;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.directory.RegisteredSite;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.history.AccessHistoryService;
import uk.cpis.gateway.history.HoldingsService;
import uk.cpis.gateway.mailbox.MailboxService;
import uk.cpis.gateway.query.PlanQueryService;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;
import uk.cpis.gateway.submission.SubmissionService;

/**
 * The services on a real store, without the wire: Tower Hamlets and Hackney collect their
 * notifications, Homerton is a registered site, and the clock stands still.
 */
public final class TestServices implements AutoCloseable {

  /** A Friday evening. */
  public static final Instant START = Instant.parse("2026-11-20T21:10:00Z");

  public static final Telephone HOMERTON_TELEPHONE = new Telephone("020 7946 0111");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Store store;
  private final Directory directory;
  private final SettableClock clock = new SettableClock(START);
  private final Audit audit;
  private boolean closed;

  private TestServices(Store store, Directory directory) {
    this.store = store;
    this.directory = directory;
    this.audit = new Audit(store, clock, UUID::randomUUID, PATIENCE);
  }

  public static TestServices open(Path folder) {
    Store store = TestStore.open(folder.resolve("store"));
    return new TestServices(store, Directory.open(registrations(), store, InstantSource.system()));
  }

  private static Registrations registrations() {
    RegisteredSite homerton =
        new RegisteredSite(
            Examples.HOMERTON,
            "Homerton University Hospital",
            "London",
            CareSetting.EMERGENCY_DEPARTMENT,
            Optional.of(HOMERTON_TELEPHONE));
    return new Registrations(
        List.of(),
        List.of(
            new RegisteredAuthority(Examples.towerHamlets(), Delivery.PULL, Optional.empty()),
            new RegisteredAuthority(Examples.hackney(), Delivery.PULL, Optional.empty())),
        List.of(homerton));
  }

  public Store store() {
    return store;
  }

  public SettableClock clock() {
    return clock;
  }

  public Audit audit() {
    return audit;
  }

  public LocalRegister register() {
    return new LocalRegister(store, (tx, event) -> {});
  }

  public PlanQueryService queries() {
    return new PlanQueryService(directory, store, audit, clock, UUID::randomUUID, PATIENCE);
  }

  public SubmissionService submissions(Demographics demographics) {
    return submissions(demographics, (tx, news) -> {});
  }

  /** The same, telling what look-ups say of a number. */
  public SubmissionService submissions(
      Demographics demographics, BiConsumer<Transaction, DemographicEvent> noticed) {
    return new SubmissionService(
        store, demographics, audit, clock, UUID::randomUUID, noticed, Steps.NONE);
  }

  public AccessHistoryService history() {
    return new AccessHistoryService(store, audit, clock);
  }

  public HoldingsService holdings() {
    return new HoldingsService(store, audit, clock);
  }

  public MailboxService mailbox() {
    return new MailboxService(directory, store, audit, clock, Steps.NONE);
  }

  /** The mailbox after this authority was switched from collecting to delivery. */
  public MailboxService mailboxWithDeliveryTo(OdsCode authority) {
    AuthorityEndpoint endpoint =
        new AuthorityEndpoint(
            URI.create("https://localhost:9443/notifications"),
            new Asid("200000000302"),
            Set.of(TestCertificates.all().authorityTls(authority).certificate()),
            Set.of(TestCertificates.all().authoritySigning(authority).certificate()),
            SignatureKind.RSA);
    RegisteredAuthority delivered =
        new RegisteredAuthority(
            directory.authority(authority).orElseThrow(), Delivery.PUSH, Optional.of(endpoint));
    Registrations switched = new Registrations(List.of(), List.of(delivered), List.of());
    return new MailboxService(
        Directory.open(switched, store, clock), store, audit, clock, Steps.NONE);
  }

  /** Puts plans into the store as if they had been loaded. */
  public void hold(Plan... plans) {
    store.change(tx -> List.of(plans).forEach(plan -> tx.plans().put(plan, clock.instant())));
  }

  /** Has a number stand in this way from now on. */
  public void stand(NhsNumber number, NumberStanding standing) {
    store.change(tx -> tx.standings().put(number, standing, clock.instant()));
  }

  /** Makes people known to demographics. */
  public void know(DemographicPerson... people) {
    store.change(tx -> List.of(people).forEach(person -> tx.people().put(person)));
  }

  /** What an authority is owed and has not settled, oldest first. */
  public List<Notification> owedTo(OdsCode authority) {
    return store.read(
        tx ->
            tx.owed().collectable(authority, 0, 100).stream()
                .map(OwedReference::id)
                .map(id -> tx.owed().notification(id).orElseThrow())
                .toList());
  }

  /** The outcomes of audited events of this kind, in their order. */
  public List<String> audited(AuditEvent event) {
    return entries(event).stream().map(AuditEntry::outcome).toList();
  }

  /** The audited events of this kind that have their number, in their order. */
  public List<AuditEntry> entries(AuditEvent event) {
    return store.read(
        tx ->
            tx.audit().after(0, 10_000).stream()
                .map(AuditRecord::entry)
                .filter(entry -> entry.event() == event)
                .toList());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.close();
    }
  }
}
