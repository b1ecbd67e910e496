package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.query.ActivityRightCode;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.directory.Validity;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** Who is registered changes while the gateway runs, over the wire; nobody starts it again. */
class RegistrationIT {

  private static final String CHILD = "9990000018";
  private static final SettableClock CLOCK = new SettableClock(Instant.now());
  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final TestSystem NHS111 = TestSystem.nhs111();
  private static final DevelopmentCertificate OTHER =
      TestCertificates.all().of(Group.CLINICAL, "gp");

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static Registrations first;

  @BeforeAll
  static void open() {
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            Map.of("cpis.directory.look-every", "50ms"),
            TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
    first = Registrations.read(directory());
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void asAtFirst() throws Exception {
    register(HOMERTON, first(HOMERTON));
    register(NHS111, first(NHS111));
  }

  @Test
  void aSystemAsksFromItsRegistrationOnAndNoLongerWhenItIsSuspendedOrEnded() throws Exception {
    register(NHS111);
    assertThat(codes(NHS111)).containsExactly("CPG-601");

    register(NHS111, first(NHS111));
    assertThat(codes(NHS111)).isEmpty();

    register(NHS111, first(NHS111).suspended(true));
    assertThat(codes(NHS111)).containsExactly("CPG-601");

    Validity untilTomorrow = Validity.ALWAYS.endingAt(CLOCK.instant().plus(Duration.ofDays(1)));
    register(NHS111, first(NHS111).valid(untilTomorrow));
    assertThat(codes(NHS111)).isEmpty();

    register(NHS111, first(NHS111).valid(Validity.ALWAYS.endingAt(CLOCK.instant())));
    assertThat(codes(NHS111)).containsExactly("CPG-601");
    assertThat(codes(HOMERTON)).isEmpty();
  }

  /** On the connection that it has open: contracts are given without a message to be judged. */
  @Test
  void nothingIsReadAnyMoreOnTheOpenConnectionOfASystemThatIsSuspended() throws Exception {
    TestClient open = gateway.client(NHS111);
    assertThat(open.get("/query?wsdl").statusCode()).isEqualTo(200);

    register(NHS111, first(NHS111).suspended(true));
    HttpResponse<String> refused = open.get("/query?wsdl");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).isEqualTo("Nothing is given to whoever holds this certificate.\n");
    assertThat(open.get("/mailbox?wsdl").statusCode()).isEqualTo(403);
    assertThat(gateway.client(HOMERTON).get("/query?wsdl").statusCode()).isEqualTo(200);

    register(NHS111, first(NHS111));
    assertThat(open.get("/query?wsdl").statusCode()).isEqualTo(200);
  }

  /** Certificates are not written again that are there, and what is new is there whole. */
  @Test
  void aLookWhileTheSystemsAreWrittenFindsNoFault() throws Exception {
    Registrations now = Registrations.read(directory());
    try (RecordedLog log = RecordedLog.of(Registry.class.getName())) {
      for (int i = 0; i < 200; i++) {
        RegisterFile.SYSTEMS.write(directory(), RegisterFile.SYSTEMS.file(), now.systems());
        assertThat(Registrations.read(directory())).isEqualTo(now);
      }
      assertThat(log.messages()).noneMatch(each -> each.contains("CPG-REGISTRATION-REFUSED"));
    }
    Path certificate = Registrations.files(directory()).get(3);
    FileTime before = Files.getLastModifiedTime(certificate);
    Files.setLastModifiedTime(certificate, FileTime.fromMillis(before.toMillis() - 60_000));
    RegisterFile.SYSTEMS.write(directory(), RegisterFile.SYSTEMS.file(), now.systems());
    assertThat(Files.getLastModifiedTime(certificate).toMillis())
        .isEqualTo(before.toMillis() - 60_000);
  }

  @Test
  void anOldAndANewCertificateOverlapEachFromAndUntilItsOwnTime() throws Exception {
    Instant now = CLOCK.instant();
    TestSystem renewed = new TestSystem(HOMERTON.system(), HOMERTON.tls(), OTHER);
    RegisteredCertificate old =
        new RegisteredCertificate(
            HOMERTON.signing().certificate(),
            Validity.ALWAYS.endingAt(now.plus(Duration.ofSeconds(40))));
    RegisteredCertificate next =
        new RegisteredCertificate(
            OTHER.certificate(),
            new Validity(Optional.of(now.plus(Duration.ofSeconds(20))), Optional.empty()));
    RegisteredSystem both = first(HOMERTON);
    register(HOMERTON, both.with(both.transport(), Set.of(old, next)));

    assertThat(codes(HOMERTON)).as("the old one before").isEmpty();
    assertThat(codes(renewed)).as("the new one before").containsExactly("CPG-601");
    CLOCK.advance(Duration.ofSeconds(20));
    assertThat(codes(HOMERTON)).as("the old one meanwhile").isEmpty();
    assertThat(codes(renewed)).as("the new one meanwhile").isEmpty();
    CLOCK.advance(Duration.ofSeconds(20));
    assertThat(codes(HOMERTON)).as("the old one after").containsExactly("CPG-601");
    assertThat(codes(renewed)).as("the new one after").isEmpty();
  }

  @Test
  void aSystemLosesAnOrganisationAnActivityAndAnInteractionWhenItsRegistrationDoes()
      throws Exception {
    AccreditedSystem full = HOMERTON.system();
    assertThat(codes(HOMERTON)).isEmpty();

    register(HOMERTON, with(full, Set.of(new OdsCode("RYE01")), full.interactions(), both()));
    assertThat(codes(HOMERTON)).containsExactly("CPG-604");

    register(HOMERTON, with(full, full.organisations(), Set.of(), both()));
    assertThat(codes(HOMERTON)).containsExactly("CPG-603");

    register(
        HOMERTON,
        with(full, full.organisations(), full.interactions(), Set.of(ActivityCode.B0170)));
    assertThat(codes(HOMERTON)).as("B0107 is not its own").containsExactly("CPG-606");
    assertThat(silent(HOMERTON)).as("B0170 is").isEmpty();

    register(
        HOMERTON,
        with(full, full.organisations(), full.interactions(), Set.of(ActivityCode.B0107)));
    assertThat(codes(HOMERTON)).isEmpty();
    assertThat(silent(HOMERTON)).containsExactly("CPG-606");
  }

  @Test
  void aClaimedAsidOfAnotherAndAnAuthoritysRecordsOfAnotherAreRefused() {
    PlanQueryRequest claimed = Queries.of(HOMERTON, CHILD);
    claimed.setSystems(Queries.systems(NHS111.asid(), TestSystem.GATEWAY));
    TestReply reply = gateway.client(HOMERTON).send(Interaction.QUERY, claimed);
    assertThat(reply.fault().codes()).containsExactly("CPG-601");
    assertThat(reply.text()).doesNotContain(NHS111.asid().digits() + " ", "java", CHILD);

    TestSystem hackney = TestSystem.hackney();
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(hackney.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setLimit(1);
    assertThat(gateway.client(hackney).send(Interaction.COLLECT, request).fault().codes())
        .containsExactly("CPG-604");
  }

  @Test
  void aFaultInTheFilesLeavesTheOldRegisterInForceAndIsToldOnceWithItsPlace() throws Exception {
    Path systems = directory().resolve("systems.json");
    String good = Files.readString(systems);
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.Registry")) {
      Files.writeString(systems, good.substring(0, good.length() / 2));
      await().until(() -> !log.messages().isEmpty());

      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("CPG-REGISTRATION-REFUSED", "systems.json line ", "remedy=");
      assertThat(codes(HOMERTON)).isEmpty();
      assertThat(load().statusCode()).isEqualTo(422);
      assertThat(health()).contains("the files have a fault, those before count");
    }

    Files.writeString(systems, good);
    assertThat(load().statusCode()).isEqualTo(200);
    assertThat(health()).doesNotContain("the files have a fault");
  }

  @Test
  void whatACommandProposedIsTakenAtOnceAndPutAwayWhenItHasAFault() throws Exception {
    Proposal<RegisteredSystem> proposal = Proposal.in(directory(), RegisterFile.SYSTEMS);
    proposal.write(
        directory(),
        Registrations.read(directory()).systems().stream()
            .map(each -> each.suspended(each.system().asid().equals(NHS111.asid())))
            .toList());
    assertThat(codes(NHS111)).isEmpty();
    assertThat(post(gateway, "/registration/take/" + proposal.name()).statusCode()).isEqualTo(200);
    assertThat(codes(NHS111)).containsExactly("CPG-601");

    String faulty = Proposal.in(directory(), RegisterFile.SYSTEMS).name();
    Path proposed =
        directory().resolve("systems.proposed-" + faulty.replace("systems-", "") + ".json");
    Files.writeString(proposed, "[{]");
    assertThat(post(gateway, "/registration/take/" + faulty).statusCode()).isEqualTo(422);
    assertThat(proposed).doesNotExist();
    assertThat(codes(HOMERTON)).isEmpty();
  }

  @Test
  void everyChangeIsAuditedWithWhoAndWhatBeforeAndAfterWhileItRanOrStood(@TempDir Path own)
      throws Exception {
    Path files = own.resolve("directory");
    Registrations before;
    try (TestGateway running = open(own)) {
      before = Registrations.read(files);
      RegisteredSystem homerton = system(before, HOMERTON);
      write(
          files,
          before,
          HOMERTON,
          homerton.with(
              homerton.transport(), Set.of(RegisteredCertificate.always(OTHER.certificate()))));
      assertThat(load(running).body()).contains("changed system 200000000101");
    }
    write(files, Registrations.read(files), NHS111);
    Gateway.open(Configuration.read(own.resolve("gateway.properties"), Map.of()).settings(), CLOCK)
        .close();

    try (Store store = TestStore.open(own.resolve("store"))) {
      List<AuditRecord> audited =
          store.read(tx -> tx.audit().after(0, 1_000)).stream()
              .filter(each -> each.entry().event().name().startsWith("REGISTRATION_"))
              .toList();
      assertThat(audited)
          .extracting(each -> each.entry().event() + " by " + each.entry().operator().orElseThrow())
          .containsExactly(
              "REGISTRATION_FIRST_SEEN by files",
              "REGISTRATION_FIRST_SEEN by files",
              "REGISTRATION_CHANGED by a.operator",
              "REGISTRATION_REMOVED by files");
      RegistrationChange changed = change(store, audited.get(2));
      assertThat(changed.registered())
          .isEqualTo(new Registered(Registered.Kind.SYSTEM, HOMERTON.asid().digits()));
      assertThat(changed.before()).contains("signing=" + HOMERTON.signing().fingerprint());
      assertThat(changed.after()).contains("signing=" + OTHER.fingerprint());
      assertThat(change(store, audited.get(3)).after()).isEmpty();
      assertThat(audited.get(3).entry().event()).isEqualTo(AuditEvent.REGISTRATION_REMOVED);
    }
  }

  private static RegistrationChange change(Store store, AuditRecord record) {
    return store.read(tx -> tx.registration().change(record.entry().id())).orElseThrow();
  }

  private static TestGateway open(Path own) {
    return TestGateway.open(
        own, CLOCK, TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"));
  }

  private static Set<ActivityCode> both() {
    return Set.of(ActivityCode.B0107, ActivityCode.B0170);
  }

  private static RegisteredSystem with(
      AccreditedSystem full,
      Set<OdsCode> organisations,
      Set<Interaction> interactions,
      Set<ActivityCode> activities) {
    RegisteredSystem registered = first(HOMERTON);
    return new RegisteredSystem(
        new AccreditedSystem(
            full.asid(),
            full.name(),
            full.localAuthority(),
            organisations,
            interactions,
            activities,
            full.defaultSetting(),
            full.minimumProductVersion(),
            full.signatureKind()),
        registered.transport(),
        registered.signing(),
        registered.validity(),
        false);
  }

  /** Registers this system in this way, or not at all. */
  private static void register(TestSystem system, RegisteredSystem... registered) throws Exception {
    write(directory(), Registrations.read(directory()), system, registered);
    assertThat(load().statusCode()).isEqualTo(200);
  }

  private static void write(
      Path files, Registrations now, TestSystem system, RegisteredSystem... registered) {
    List<RegisteredSystem> systems = new ArrayList<>(now.systems());
    systems.removeIf(each -> each.system().asid().equals(system.asid()));
    systems.addAll(List.of(registered));
    RegisterFile.SYSTEMS.write(files, RegisterFile.SYSTEMS.file(), systems);
  }

  private static RegisteredSystem first(TestSystem system) {
    return system(first, system);
  }

  private static RegisteredSystem system(Registrations registrations, TestSystem system) {
    return registrations.systems().stream()
        .filter(each -> each.system().asid().equals(system.asid()))
        .findFirst()
        .orElseThrow();
  }

  private static Path directory() {
    return folder.resolve("directory");
  }

  /** The codes by which the system is refused; none when it is answered. */
  private static List<String> codes(TestSystem system) {
    return codes(gateway.client(system).send(Interaction.QUERY, Queries.of(system, CHILD)));
  }

  private static List<String> silent(TestSystem system) {
    PlanQueryRequest query = Queries.of(system, CHILD);
    query.setActivityCode(ActivityRightCode.B_0170);
    query.setCareSetting(CareSettingCode.GENERAL_PRACTICE);
    return codes(gateway.client(system).send(Interaction.QUERY, query));
  }

  private static List<String> codes(TestReply reply) {
    return reply.status() == 200 ? List.of() : reply.fault().codes();
  }

  private static HttpResponse<String> load() throws Exception {
    return load(gateway);
  }

  private static HttpResponse<String> load(TestGateway running) throws Exception {
    return post(running, "/registration/load");
  }

  private static HttpResponse<String> post(TestGateway running, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(running.gateway().operations().resolve(path))
            .header("X-Operator", "a.operator")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String health() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.gateway().operations().resolve("/health")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
