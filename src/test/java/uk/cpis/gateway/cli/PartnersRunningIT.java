package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.IssuedLists;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The commands about partners and their certificates as they are typed, while one gateway runs; it
 * fetches the revocation list of the issuing CA from an address.
 */
class PartnersRunningIT {

  private static final String CHILD = "9990000018";
  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final TestSystem NHS111 = TestSystem.nhs111();
  private static final TestSystem HACKNEY = TestSystem.hackney();
  private static final String ASID = HOMERTON.asid().digits();

  @TempDir private static Path folder;
  private static HttpServer lists;
  private static volatile byte[] list;
  private static Path anchors;
  private static TestGateway gateway;

  @BeforeAll
  static void open() throws IOException {
    list = Files.readAllBytes(TestCertificates.all().ca().resolve("issuing.crl"));
    lists = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lists.createContext(
        "/issuing.crl",
        exchange -> {
          byte[] now = list;
          exchange.sendResponseHeaders(200, now.length);
          exchange.getResponseBody().write(now);
          exchange.close();
        });
    lists.start();
    anchors = folder.resolve("anchors.pem");
    Files.copy(TestCertificates.all().root(), anchors);
    gateway =
        TestGateway.open(
            folder,
            InstantSource.system(),
            Map.of(
                "cpis.trust.anchors",
                anchors.toString(),
                "cpis.keys.look-every",
                "1h",
                "cpis.directory.look-every",
                "1h",
                "cpis.trust.revocation-lists",
                TestCertificates.all().ca().resolve("root.crl").toAbsolutePath().toString(),
                "cpis.trust.revocation-list-addresses",
                "http://127.0.0.1:" + lists.getAddress().getPort() + "/issuing.crl",
                "cpis.trust.revocation-list-folder",
                folder.resolve("fetched").toString(),
                "cpis.trust.revocation-lists-fetched-every",
                "100ms",
                "cpis.trust.revocation-lists-every",
                "100ms"),
            TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"));
    await().until(() -> reaches(HOMERTON));
  }

  @AfterAll
  static void close() {
    gateway.close();
    lists.stop(0);
  }

  @Test
  void aSystemIsSuspendedResumedTakenOutAndRegisteredAnewAndItCountsAtOnce() throws Exception {
    TestClient open = gateway.client(HOMERTON);
    assertThat(ask(open).status()).isEqualTo(200);

    assertThat(systems(ASID, "--suspend").done()).contains("changed system " + ASID, "It counts.");
    assertThat(ask(open).fault().codes()).containsExactly("CPG-601");
    assertThat(systems(ASID).done()).contains("suspended");
    assertThat(systems(ASID, "--suspend").ended(1)).contains("Nothing changed");
    assertThat(systems(ASID, "--resume").done()).contains("It counts.");
    assertThat(ask(open).status()).isEqualTo(200);

    Path moved = Files.createDirectories(folder.resolve("moved"));
    RegisterFile.SYSTEMS.write(moved, "homerton.json", List.of(registered()));
    systems(ASID, "--remove").done();
    assertThat(ask(open).fault().codes()).containsExactly("CPG-601");
    assertThat(
            systems(
                    "--register",
                    moved.resolve("homerton.json").toString(),
                    "--certificates",
                    moved.resolve("certificates").toString())
                .done())
        .contains("added system " + ASID);
    assertThat(ask(open).status()).isEqualTo(200);
    assertThat(systems("--register", folder.resolve("people.csv").toString()).ended(1))
        .contains("is not well-formed JSON");
  }

  @Test
  void anAuthorityIsRegisteredToldSwitchedAndTakenOutAndItCountsAtOnce() throws Exception {
    try (TestAuthorities receiving =
        TestAuthorities.open(InstantSource.system(), folder.resolve("receiving"), HACKNEY)) {
      SimulatedAuthority system = receiving.of(HACKNEY);
      assertThat(brought(system.address(), "systems", "hackney.json").ended(1))
          .contains("system " + HACKNEY.asid() + " is of no registered authority");
      assertThat(brought(system.address(), "authorities", "hackney.csv").done())
          .contains("added authority HCK", "It counts.");
      brought(system.address(), "systems", "hackney.json").done();
      submit(HACKNEY);
      ask(gateway.client(HOMERTON));
      await().until(() -> system.tasks().size() == 1);

      assertThat(authorities("HCK", "--pull").done()).contains("changed authority HCK");
      TestMailbox mailbox = new TestMailbox(gateway.client(HACKNEY));
      await().until(() -> collection(mailbox).status() == 200);
      ask(gateway.client(HOMERTON));
      await().until(() -> mailbox.all().getNotification().size() == 1);

      authorities("HCK", "--push").done();
      await().until(() -> system.tasks().size() == 2);
      assertThat(collection(mailbox).fault().codes()).containsExactly("CPG-603");
      assertThat(authorities("HCK", "--push").ended(1)).contains("Nothing changed");

      assertThat(authorities("HCK", "--remove").ended(1)).contains("is of no registered authority");
      systems(HACKNEY.asid().digits(), "--remove").done();
      assertThat(authorities("HCK", "--remove").done()).contains("removed authority HCK");
    }
    assertThat(authorities().done()).contains("TWH  Tower Hamlets  pull").doesNotContain("HCK");
    assertThat(audited("HCK"))
        .allMatch(each -> each.contains("\"operator\":\"" + OperationsCall.user() + "\""))
        .allMatch(each -> each.contains("\"remote_address\":\"127.0.0.1\""))
        .extracting(each -> each.replaceFirst(".*\"event\":\"([A-Z_]+)\".*", "$1"))
        .containsExactly(
            "REGISTRATION_ADDED",
            "REGISTRATION_CHANGED",
            "REGISTRATION_CHANGED",
            "REGISTRATION_REMOVED");
  }

  /** What is in the audit about the registration of this authority. */
  private static List<String> audited(String authority) throws IOException {
    Typed export = Typed.of("audit", "export", "--operations", operations());
    Path file = Path.of(export.done().lines().findFirst().orElseThrow());
    return Files.readAllLines(file).stream()
        .filter(each -> each.contains("\"event\":\"REGISTRATION_"))
        .filter(each -> each.contains("\"" + authority + "\""))
        .toList();
  }

  @Test
  void aFaultyChangeOfAnAuthorityIsRefusedWithEveryFaultAndNothingChanges() throws Exception {
    Path file = folder.resolve("directory").resolve("authorities.csv");
    String before = Files.readString(file);
    assertThat(authorities("TWH", "--push").ended(1))
        .contains("authority TWH: an authority to push to needs an endpoint");
    assertThat(authorities("TWH", "--push", "--endpoint", "https://localhost/").ended(1))
        .contains("a first endpoint takes");
    Path faulty = folder.resolve("faulty.csv");
    String header = before.lines().findFirst().orElseThrow();
    Files.writeString(
        faulty,
        header + "\nHCK,Hackney,London,,,push,,,,,\nISL,Islington,London,1,,by post,,,,,\n");
    assertThat(authorities("--register", faulty.toString()).ended(1))
        .contains("line 2, emergency_duty_telephone", "line 3, delivery: not push or pull");
    Files.writeString(
        faulty, (header + "\nHCK,Hackney,London,020 7946 0002,,pull,,,,,\n".repeat(2)).strip());
    assertThat(authorities("--register", faulty.toString()).ended(1)).contains("HCK stands twice");
    assertThat(authorities("XXX", "--pull").ended(2)).contains("there is no authority XXX");
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(folder.resolve("directory").toFile().list())
        .noneMatch(each -> each.contains("proposed"));
    assertThat(reload().done()).isEqualToIgnoringNewLines("What is in the files counts.");
  }

  /** Hackney's authority or system, registered by this command from a file of this name. */
  private static Typed brought(URI address, String command, String name) throws IOException {
    Path brought = Files.createDirectories(folder.resolve("brought"));
    RegisterFile.AUTHORITIES.write(
        brought,
        "hackney.csv",
        List.of(
            TestGateway.delivered(
                TestGateway.collecting("HCK", "Hackney", "020 7946 0002"), HACKNEY, address)));
    RegisterFile.SYSTEMS.write(
        brought,
        "hackney.json",
        List.of(
            RegisteredSystem.of(
                HACKNEY.system(),
                Set.of(HACKNEY.tls().certificate()),
                Set.of(HACKNEY.signing().certificate()))));
    return typed(
        command,
        "--register",
        brought.resolve(name).toString(),
        "--certificates",
        brought.resolve("certificates").toString());
  }

  private static void submit(TestSystem system) {
    TestReply reply =
        gateway
            .client(system)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    system,
                    1,
                    "020 7946 0002",
                    Submissions.record(
                        TestGateway.LUCJA, PlanType.LOOKED_AFTER, LocalDate.of(2026, 1, 31))));
    assertThat(reply.status()).isEqualTo(200);
  }

  private static TestReply collection(TestMailbox mailbox) {
    return gateway.client(HACKNEY).send(Interaction.COLLECT, mailbox.request(10));
  }

  @Test
  void aNewSigningCertificateCountsBesideTheOldOneUntilThatIsEnded() {
    String next = TestCertificates.all().of(Group.CLINICAL, "gp").chain().toString();
    TestSystem renewed =
        new TestSystem(
            HOMERTON.system(), HOMERTON.tls(), TestCertificates.all().of(Group.CLINICAL, "gp"));
    assertThat(ask(gateway.client(renewed)).fault().codes()).containsExactly("CPG-601");

    systems(ASID, "--add-signing", next).done();
    assertThat(ask(gateway.client(renewed)).status()).isEqualTo(200);
    assertThat(ask(gateway.client(HOMERTON)).status()).isEqualTo(200);

    String added = renewed.signing().fingerprint().hex().substring(0, 12);
    assertThat(systems(ASID, "--end", added).done()).contains("It counts.");
    assertThat(ask(gateway.client(renewed)).fault().codes()).containsExactly("CPG-601");
    assertThat(ask(gateway.client(HOMERTON)).status()).isEqualTo(200);
  }

  @Test
  void whatIsInTheFilesIsTakenWithCertificatesReloadOrSaidToBeFaulty() throws Exception {
    assertThat(reload().done()).isEqualToIgnoringNewLines("What is in the files counts.");

    Path authorities = folder.resolve("directory").resolve("authorities.csv");
    String before = Files.readString(authorities);
    Files.writeString(authorities, before.replace("Tower Hamlets", "Tower Hamlets East"));
    assertThat(reload().done()).contains("changed authority TWH", "What is in the files counts.");

    String root = Files.readString(anchors);
    Files.writeString(anchors, "no certificate");
    assertThat(reload().ended(1)).contains("cpis.trust", "Something was not taken");
    assertThat(reaches(HOMERTON)).isTrue();
    Files.writeString(anchors, root);
    Files.writeString(authorities, before);
    assertThat(reload().done()).contains("changed authority TWH");
  }

  @Test
  void aListThatIsFetchedFromItsAddressCountsOnAnOpenConnection() throws Exception {
    TestClient open = gateway.client(NHS111);
    assertThat(ask(open).status()).isEqualTo(200);

    list = "no list".getBytes(StandardCharsets.UTF_8);
    await().until(() -> health().contains("its last copy counts until it ends"));
    assertThat(ask(open).status()).isEqualTo(200);

    list = IssuedLists.revoking(NHS111.tls().certificate());
    await().until(() -> ask(open).status() != 200);
    assertThat(reaches(NHS111)).isFalse();
    assertThat(reaches(HOMERTON)).isTrue();
    assertThat(health()).doesNotContain("its last copy counts");
  }

  private static RegisteredSystem registered() {
    return Registrations.read(folder.resolve("directory")).systems().stream()
        .filter(each -> each.system().asid().equals(HOMERTON.asid()))
        .findFirst()
        .orElseThrow();
  }

  private static TestReply ask(TestClient client) {
    return client.send(Interaction.QUERY, Queries.of(client.system(), CHILD));
  }

  private static boolean reaches(TestSystem system) {
    try {
      return ask(gateway.client(system)).status() == 200;
    } catch (IllegalStateException noConnection) {
      return false;
    }
  }

  private static String health() throws IOException, InterruptedException {
    return new OperationsCall(gateway.gateway().operations()).text("/health");
  }

  private static Typed reload() {
    return Typed.of("certificates", "reload", "--operations", operations());
  }

  private static Typed systems(String... words) {
    return typed("systems", words);
  }

  private static Typed authorities(String... words) {
    return typed("authorities", words);
  }

  private static Typed typed(String command, String... words) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(words));
    line.addAll(List.of("--config", folder.resolve("gateway.properties").toString()));
    line.addAll(List.of("--operations", operations()));
    return Typed.of(line.toArray(String[]::new));
  }

  private static String operations() {
    return gateway.gateway().operations().toString();
  }
}
