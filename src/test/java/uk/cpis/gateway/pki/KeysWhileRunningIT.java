package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** One gateway's own keys, the CAs and the lists change while it runs, over the wire. */
class KeysWhileRunningIT {

  private static final String CHILD = "9990000018";

  private static final SettableClock CLOCK = new SettableClock(Instant.now());
  private static final DevelopmentCertificates CERTIFICATES = TestCertificates.all();
  private static final char[] PASSWORD = CERTIFICATES.password();
  private static final DevelopmentCas CAS = DevelopmentCas.open(CERTIFICATES.ca());
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final Set<String> TO_BE_AUDITED = ConcurrentHashMap.newKeySet();
  private static final List<String> NAMES =
      List.of("tls-server", "tls-client", "signing-rsa", "signing-ec", "sealing");

  @TempDir private static Path folder;
  private static Path keys;
  private static Path lists;
  private static TestAuthorities authorities;
  private static CallersSeen seen;
  private static TestGateway gateway;
  private final TestSystem homerton = TestSystem.homerton();

  /** Tower Hamlets makes tasks of what it is told; Hackney looks at who calls, and is silent. */
  @BeforeAll
  static void open() throws Exception {
    keys = Files.createDirectory(folder.resolve("keys"));
    lists = Files.createDirectory(folder.resolve("lists"));
    Map<String, String> settings = new HashMap<>();
    NAMES.forEach(
        name -> settings.put("cpis.keys." + name, keys.resolve(name + ".p12").toString()));
    copyKeys();
    Files.copy(CERTIFICATES.root(), keys.resolve("anchors.pem"));
    settings.put("cpis.trust.anchors", keys.resolve("anchors.pem").toString());
    settings.put("cpis.keys.look-every", "50ms");
    settings.put("cpis.trust.revocation-lists", lists.toString());
    settings.put("cpis.trust.revocation-lists-every", "50ms");
    settings.put("cpis.delivery.longest-retry", "1s");
    for (String name : List.of("root.crl", "issuing.crl")) {
      Files.copy(CERTIFICATES.ca().resolve(name), lists.resolve(name));
    }
    authorities = TestAuthorities.open(CLOCK, folder.resolve("authorities"), TOWER_HAMLETS);
    seen = CallersSeen.open(TestSystem.hackney());
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            settings,
            TestGateway.delivered(
                TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
                TOWER_HAMLETS,
                authorities.of(TOWER_HAMLETS).address()),
            TestGateway.delivered(
                TestGateway.collecting("HCK", "Hackney", "020 7946 0002"),
                TestSystem.hackney(),
                seen.address()));
  }

  private static void copyKeys() throws IOException {
    for (String name : NAMES) {
      OwnerOnly.write(
          keys.resolve(name + ".p12"),
          Files.readAllBytes(CERTIFICATES.of(Group.GATEWAY, name).pkcs12()));
    }
  }

  @AfterEach
  void asAtFirst() throws Exception {
    copyKeys();
    assertThat(load(gateway).statusCode()).isEqualTo(200);
  }

  /** Whatever the tests changed is in the audit, which can be read when the gateway is closed. */
  @AfterAll
  static void closeAndReadTheAudit() throws Exception {
    gateway.close();
    authorities.close();
    seen.close();
    assertThat(audited())
        .extracting(
            entry ->
                entry.event() + " by " + entry.operator().map(Object::toString).orElse("nobody"))
        .containsAll(TO_BE_AUDITED);
  }

  @Test
  void itsOwnKeysAreSwitchedUnderASteadyStreamOfRequestsAndNoneIsLost() throws Exception {
    TO_BE_AUDITED.add("KEY_CHANGED by files");
    KeyMaterial server =
        issued(CertificateTemplate.server(Group.GATEWAY, "next-server", KeyKind.EC_P256));
    KeyMaterial signing =
        issued(CertificateTemplate.signing(Group.GATEWAY, "next-signing", KeyKind.RSA_2048));
    AtomicBoolean goOn = new AtomicBoolean(true);
    AtomicInteger answered = new AtomicInteger();
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.OwnKeys")) {
      ExecutorService senders = Executors.newFixedThreadPool(3);
      List<Future<?>> ends = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        boolean kept = i > 0;
        ends.add(
            senders.submit(
                () -> {
                  TestClient client = gateway.client(homerton);
                  while (goOn.get()) {
                    assertThat(ask(kept ? client : gateway.client(homerton)).status())
                        .isEqualTo(200);
                    answered.incrementAndGet();
                    begun.countDown();
                  }
                  return true;
                }));
      }
      begun.await();
      assertThat(shown(gateway)).isNotEqualTo(server.certificate());

      write("tls-server", server);
      write("signing-rsa", signing);
      await().until(() -> told(log, "CPG-KEYS-CHANGED") >= 2);
      int before = answered.get();
      await().until(() -> answered.get() > before + 20);
      goOn.set(false);

      for (Future<?> end : ends) {
        end.get();
      }
      senders.shutdown();
      assertThat(shown(gateway)).isEqualTo(server.certificate());
      assertThat(ask(gateway.client(homerton)).text())
          .contains(Base64.getEncoder().encodeToString(signing.certificate().getEncoded()));
    }
  }

  @Test
  void theKeyThatItCallsAuthoritiesWithIsSwitchedWhileNotificationsFlowAndNoneIsLostOrDoubled()
      throws Exception {
    TO_BE_AUDITED.add("KEY_CHANGED by files");
    KeyMaterial next =
        issued(CertificateTemplate.client(Group.GATEWAY, "next-client", KeyKind.EC_P256));
    hold(TOWER_HAMLETS, 1);
    hold(TestSystem.hackney(), 2);
    AtomicBoolean goOn = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();
    Thread traffic =
        new Thread(
            () -> {
              while (goOn.get()) {
                assertThat(ask(gateway.client(homerton)).status()).isEqualTo(200);
                looks.incrementAndGet();
                CLOCK.advance(Duration.ofSeconds(2));
              }
            });
    int before = authorities.of(TOWER_HAMLETS).tasks().size();
    traffic.start();
    try {
      await()
          .until(
              () ->
                  seen.callers()
                      .contains(CERTIFICATES.of(Group.GATEWAY, "tls-client").certificate()));
      write("tls-client", next);
      await().until(() -> seen.callers().contains(next.certificate()));
      int after = looks.get();
      await().until(() -> looks.get() > after + 3);
    } finally {
      goOn.set(false);
      traffic.join();
    }
    await().until(() -> authorities.of(TOWER_HAMLETS).tasks().size() == before + looks.get());
    assertThat(authorities.of(TOWER_HAMLETS).tasks())
        .extracting(FollowUpTask::notification)
        .doesNotHaveDuplicates();
  }

  @Test
  void aFileThatIsHalfWrittenMismatchedOrForSomethingElseLeavesTheOldKeyInForce() throws Exception {
    TO_BE_AUDITED.addAll(List.of("KEYS_REFUSED by files", "KEYS_REFUSED by a.operator"));
    KeyMaterial client =
        issued(CertificateTemplate.client(Group.GATEWAY, "no-server", KeyKind.EC_P256));
    byte[] whole = Files.readAllBytes(keys.resolve("tls-server.p12"));
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.OwnKeys")) {
      X509Certificate old = shown(gateway);

      Files.write(keys.resolve("tls-server.p12"), java.util.Arrays.copyOf(whole, 500));
      await().until(() -> told(log, "CPG-KEYS-REFUSED") >= 1);
      assertThat(load(gateway).statusCode()).isEqualTo(422);
      assertThat(shown(gateway)).isEqualTo(old);

      write("tls-server", client);
      await()
          .untilAsserted(
              () ->
                  assertThat(log.messages())
                      .last()
                      .asString()
                      .contains("tls-server: WRONG_PURPOSE"));
      assertThat(shown(gateway)).isEqualTo(old);
      assertThat(ask(gateway.client(homerton)).status()).isEqualTo(200);

      Files.write(keys.resolve("tls-server.p12"), whole);
      assertThat(load(gateway).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAnchorCountsAsSoonAsItIsAddedAndNoLongerWhenItIsTakenAwayEvenOnAnOpenConnection()
      throws Exception {
    TO_BE_AUDITED.add("ANCHORS_CHANGED by files");
    KeyPair pair = KeyKind.RSA_2048.generate();
    CertificateAuthority other = CertificateAuthority.of("Another root", pair);
    X509Certificate root = other.certify(other, 0, Duration.ofDays(90), Instant.now());
    KeyPair own = KeyKind.EC_P256.generate();
    KeyMaterial partner =
        new KeyMaterial(
            own.getPrivate(),
            List.of(
                other.issue(
                    CertificateTemplate.client(Group.CLINICAL, "of-another", KeyKind.EC_P256)
                        .validFrom(Duration.ofDays(-1), Duration.ofDays(60)),
                    own.getPublic(),
                    Instant.now())));
    OwnerOnly.write(
        lists.resolve("other.crl"),
        Pem.write(other.revoke(Set.of(), Instant.now(), Instant.now().plus(Duration.ofDays(9)))));
    TestSystem renewed =
        new TestSystem(homerton.system(), written("of-another", partner), homerton.signing());
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.OwnKeys")) {
      register(gateway, partner.certificate());
      assertThat(reaches(gateway.client(renewed))).isFalse();

      String old = Files.readString(keys.resolve("anchors.pem"));
      Files.writeString(keys.resolve("anchors.pem"), old + Pem.write(List.of(root)));
      await().until(() -> told(log, "CPG-KEYS-CHANGED") == 1);
      TestClient connected = gateway.client(renewed);
      assertThat(ask(connected).status()).isEqualTo(200);
      assertThat(ask(gateway.client(homerton)).status()).isEqualTo(200);

      Files.writeString(keys.resolve("anchors.pem"), old);
      await().until(() -> told(log, "CPG-KEYS-CHANGED") == 2);
      assertThat(ask(connected).fault().codes()).containsExactly("CPG-706");
      assertThat(reaches(gateway.client(renewed))).isFalse();
      assertThat(ask(gateway.client(homerton)).status()).isEqualTo(200);
    }
  }

  @Test
  void aCertificateRevokedOnAnOpenConnectionIsRefusedAtOnce() throws Exception {
    TestSystem nhs111 = TestSystem.nhs111();
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.RevocationLists")) {
      TestClient connected = gateway.client(nhs111);
      assertThat(ask(connected).status()).isEqualTo(200);

      list(Set.of(nhs111.tls().certificate()), Instant.now().plus(Duration.ofDays(9)));
      await().until(() -> told(log, "CPG-LISTS-RENEWED") == 1);

      TestReply refused = ask(connected);
      assertThat(refused.fault().codes()).containsExactly("CPG-706");
      assertThat(refused.headers().firstValue("Connection")).contains("close");
      assertThat(refused.text()).doesNotContain("revoked", "REVOKED", "serial");
      assertThat(reaches(connected)).isFalse();
    }
  }

  private KeyMaterial issued(CertificateTemplate template) {
    KeyPair pair = template.key().generate();
    X509Certificate certificate = CAS.issuing().issue(template, pair.getPublic(), Instant.now());
    return new KeyMaterial(pair.getPrivate(), List.of(certificate, CAS.issuingCertificate()));
  }

  private void write(String name, KeyMaterial key) {
    OwnerOnly.write(
        keys.resolve(name + ".p12"), Pkcs12.write(Pkcs12.of(name, key, PASSWORD), PASSWORD));
  }

  private DevelopmentCertificate written(String name, KeyMaterial key) {
    Path place = folder.resolve("partner");
    OwnerOnly.folder(place);
    OwnerOnly.write(DevelopmentCertificate.privateKey(place, name), Pem.write(key.privateKey()));
    OwnerOnly.write(DevelopmentCertificate.chain(place, name), Pem.write(key.chain()));
    return new DevelopmentCertificate(Group.CLINICAL, name, key.certificate(), place);
  }

  private void register(TestGateway gateway, X509Certificate beside) throws Exception {
    Path files = folder.resolve("directory");
    List<RegisteredSystem> systems =
        Registrations.read(files).systems().stream()
            .map(each -> each.system().asid().equals(homerton.asid()) ? with(each, beside) : each)
            .toList();
    RegisterFile.SYSTEMS.write(files, RegisterFile.SYSTEMS.file(), systems);
    assertThat(post(gateway, "/registration/load").statusCode()).isEqualTo(200);
  }

  private static RegisteredSystem with(RegisteredSystem system, X509Certificate beside) {
    Set<RegisteredCertificate> transport = new java.util.HashSet<>(system.transport());
    transport.add(RegisteredCertificate.always(beside));
    return system.with(transport, system.signing());
  }

  private static void list(Set<X509Certificate> revoked, Instant next) {
    Instant now = Instant.now().plusSeconds(1);
    OwnerOnly.write(
        lists.resolve("issuing.crl"),
        Pem.write(
            CAS.issuing()
                .revoke(
                    revoked.stream().map(X509Certificate::getSerialNumber).toList(), now, next)));
  }

  private static long told(RecordedLog log, String code) {
    return log.messages().stream().filter(line -> line.startsWith(code + " ")).count();
  }

  private static void hold(TestSystem system, long sequence) {
    LocalDate lastWeek = LondonDay.of(CLOCK.instant()).minusDays(7);
    assertThat(
            gateway
                .client(system)
                .send(
                    Interaction.UPDATE,
                    Submissions.update(
                        system,
                        sequence,
                        "020 7946 0011",
                        Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
                .status())
        .isEqualTo(200);
  }

  private TestReply ask(TestClient client) {
    return client.send(Interaction.QUERY, Queries.of(client.system(), CHILD));
  }

  private boolean reaches(TestClient client) {
    try {
      return ask(client).status() == 200;
    } catch (IllegalStateException noConnection) {
      return false;
    }
  }

  /** The certificate that the gateway shows in a new handshake. */
  private X509Certificate shown(TestGateway gateway) throws IOException {
    TlsEndpoint tls =
        TlsEndpoint.client(
            homerton.tlsKeys(), TestCertificates.paths(), Instant::now, refused -> {});
    try (SSLSocket socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket("127.0.0.1", gateway.address().getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static List<AuditEntry> audited() {
    try (Store store = TestStore.open(folder.resolve("store"))) {
      return store.read(tx -> tx.audit().after(0, 10_000)).stream()
          .map(AuditRecord::entry)
          .toList();
    }
  }

  private static HttpResponse<String> load(TestGateway gateway) throws Exception {
    return post(gateway, "/keys/load");
  }

  private static HttpResponse<String> post(TestGateway gateway, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(gateway.gateway().operations().resolve(path))
                .header("X-Operator", "a.operator")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
