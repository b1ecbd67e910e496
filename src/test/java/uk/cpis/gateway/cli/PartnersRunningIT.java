package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.IssuedLists;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
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
    Registrations.writeSystems(moved, "homerton.json", List.of(registered()));
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
    List<String> line = new ArrayList<>(List.of("systems"));
    line.addAll(List.of(words));
    line.addAll(List.of("--config", folder.resolve("gateway.properties").toString()));
    line.addAll(List.of("--operations", operations()));
    return Typed.of(line.toArray(String[]::new));
  }

  private static String operations() {
    return gateway.gateway().operations().toString();
  }
}
