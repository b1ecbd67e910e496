package uk.cpis.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Exports;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AuthorityUserType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Nothing of a child leaves the encrypted store: the gateway runs as it is shipped, twice, the
 * second time with every logger told to say all it can and with PDS in place of the register, and
 * is killed then. A child's data come in every message, hostile ones too, and from the systems that
 * it calls. Then every byte that it wrote is searched for them.
 */
class CanaryIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final TestSystem BIRMINGHAM = TestSystem.authority("BIR", "200000000203");

  /** What an operator would have written for a look into everything. */
  private static final String ALL_THERE_IS =
      """
      <configuration>
        <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%d %level %logger %msg %kvp%n%ex</pattern></encoder>
        </appender>
        <root level="TRACE"><appender-ref ref="console"/></root>
      </configuration>
      """;

  private static final Traces TRACES = new Traces(CanaryChild.secrets(), CanaryChild.DIGITS);

  @TempDir private static Path folder;
  private static Path gateway;
  private static final Map<Path, byte[]> GIVEN = new TreeMap<>();

  @BeforeAll
  static void plantTheChildEverywhere() throws Exception {
    gateway = folder.resolve("gateway");
    try (RepeatingAuthority authority = new RepeatingAuthority(TOWER_HAMLETS)) {
      Path configuration =
          new GatewayFolder(
                  List.of(HOMERTON, TOWER_HAMLETS, BIRMINGHAM),
                  List.of(CanaryChild.person()),
                  settings())
              .write(gateway, Map.of(code(TOWER_HAMLETS), authority.address()));
      remember();
      try (ShippedGateway first = ShippedGateway.start(folder, "first", configuration)) {
        authority.refuse(true);
        hold(first, TOWER_HAMLETS, 1, CanaryChild.BORN);
        hold(first, BIRMINGHAM, 1, CanaryChild.BORN);
        ask(first);
        await().atMost(PATIENCE).until(() -> first.told("CPG-DEAD-LETTER"));
        authority.refuse(false);
        ask(first);
        client(first, BIRMINGHAM, TestMailbox::new).all();
        lookAtOwn(first);
        hold(first, TOWER_HAMLETS, 2, LocalDate.of(1999, 1, 1));
        delete(first, BIRMINGHAM, 2);
        attack(first);
        await().atMost(PATIENCE).until(() -> authority.asked() >= 2 * RepeatingAuthority.WAYS);
        operate(first, "first");
        first.stop();
      }
      try (Repeating pds = new Repeating()) {
        Path second = configuration.resolveSibling("second.properties");
        Files.writeString(second, withPds(Files.readString(configuration), pds));
        Path loud = Files.writeString(gateway.resolve("loud.xml"), ALL_THERE_IS);
        remember();
        try (ShippedGateway last =
            ShippedGateway.start(folder, "last", second, "-Dlogback.configurationFile=" + loud)) {
          ask(last);
          for (int number = 3; number < 3 + Repeating.WAYS; number++) {
            hold(last, TOWER_HAMLETS, number, CanaryChild.BORN);
          }
          attack(last);
          operate(last, "last");
          Path real = folder.toRealPath();
          assertThat(last.filesWrittenTo()).allMatch(file -> file.startsWith(real));
          last.kill();
        }
      }
    }
  }

  @AfterAll
  static void forget() {
    GIVEN.clear();
  }

  @Test
  void nothingOfTheChildIsOutsideOfTheStoreAndNothingInTheOpenWithinIt() throws IOException {
    assertThat(TRACES.below(folder, file -> !given(file))).isEmpty();
  }

  @Test
  void whatItWroteWasThereToBeSearched() throws IOException {
    assertThat(folder.resolve("first.err")).content().contains("CPG-DEAD-LETTER", "refused code=");
    assertThat(folder.resolve("last.err"))
        .content()
        .contains("refused code=", "CPG-PDS-UNAVAILABLE")
        .doesNotContain("DEBUG org.", "TRACE org.");
    for (String written : List.of("store/database", "queue/journal", "queue/bindings", "backups")) {
      try (Stream<Path> files = Files.walk(gateway.resolve(written))) {
        assertThat(files.filter(Files::isRegularFile)).as(written).isNotEmpty();
      }
    }
  }

  @Test
  void whatItWroteIsItsOwnersOnly() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    assertThat(OwnerOnly.isClosed(gateway.resolve("queue"))).isTrue();
    for (String written : List.of("store", "backups")) {
      try (Stream<Path> files = Files.walk(gateway.resolve(written))) {
        assertThat(files).allMatch(OwnerOnly::isClosed);
      }
    }
  }

  /** Else it would prove nothing that she is found nowhere else. */
  @Test
  void theChildIsInTheStoreAndInWhatTheGatewayWasGiven(@TempDir Path elsewhere) throws IOException {
    Path open = elsewhere.resolve("open");
    Exports.into(
        open,
        Configuration.read(gateway.resolve("gateway.properties"), Map.of()).settings(),
        OPERATOR,
        InstantSource.system());

    assertThat(TRACES.below(gateway, CanaryIT::given)).anyMatch(each -> each.startsWith("people"));
    assertThat(TRACES.below(open, file -> true))
        .anyMatch(each -> each.startsWith("plan.jsonl"))
        .anyMatch(each -> each.startsWith("shown_access.jsonl"));
  }

  private static Map<String, String> settings() {
    return Map.of(
        "cpis.backup.folder", "backups",
        "cpis.backup.nightly", "false",
        "cpis.store.page-cache", "1000",
        "cpis.http.body-timeout", "1s",
        "cpis.http.idle-timeout", "3s",
        "cpis.delivery.first-retry", "400ms",
        "cpis.delivery.longest-retry", "500ms",
        "cpis.outbound.call-timeout", "3s");
  }

  private static String withPds(String configuration, Repeating pds) {
    return configuration.replaceAll("cpis.demographics.register=.*", "")
        + "cpis.demographics.pds.address="
        + pds.address()
        + "\ncpis.demographics.pds.deadline=2s\ncpis.demographics.pds.recheck-pause=1s\n";
  }

  private static void remember() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.startsWith(gateway))
              .filter(file -> !file.startsWith(gateway.resolve("store")))
              .filter(file -> !file.startsWith(gateway.resolve("queue")))
              .filter(file -> !file.startsWith(gateway.resolve("backups")))
              .toList()) {
        GIVEN.putIfAbsent(file, Files.readAllBytes(file));
      }
    }
  }

  /** Whether it was there before, and is as it was. */
  private static boolean given(Path file) {
    try {
      return GIVEN.containsKey(file) && Arrays.equals(GIVEN.get(file), Files.readAllBytes(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static OdsCode code(TestSystem system) {
    return system.system().localAuthority().orElseThrow();
  }

  private static TestClient client(ShippedGateway at, TestSystem system) throws IOException {
    return new TestClient(at.address(), system, InstantSource.system());
  }

  private static <T> T client(
      ShippedGateway at, TestSystem system, java.util.function.Function<TestClient, T> as)
      throws IOException {
    return as.apply(client(at, system));
  }

  private static void hold(ShippedGateway at, TestSystem system, long number, LocalDate born)
      throws IOException {
    UpdateRecordType record =
        Submissions.record(
            CanaryChild.person(),
            PlanType.LOOKED_AFTER,
            LondonDay.of(InstantSource.system().instant()).minusDays(7));
    record.setDateOfBirth(born.toString());
    record.setLocalIdentifier(CanaryChild.CASE);
    PlanUpdateRequest update = Submissions.update(system, number, "020 7946 0011", record);
    update.getProduct().setName(CanaryChild.NAME);
    client(at, system).send(Interaction.UPDATE, update);
  }

  private static void delete(ShippedGateway at, TestSystem system, long number) throws IOException {
    client(at, system)
        .send(
            Interaction.DELETE,
            Submissions.delete(system, number, PlanType.LOOKED_AFTER, CanaryChild.person()));
  }

  private static void ask(ShippedGateway at) throws IOException {
    client(at, HOMERTON).send(Interaction.QUERY, Queries.of(HOMERTON, CanaryChild.DIGITS));
  }

  /** An authority looks at what it holds, and at who looked at the child. */
  private static void lookAtOwn(ShippedGateway at) throws IOException {
    HoldingsRequest holdings = new HoldingsRequest();
    holdings.setSystems(Queries.systems(TOWER_HAMLETS.asid(), TestSystem.GATEWAY));
    holdings.setLocalAuthorityCode("TWH");
    holdings.setPageSize(10);
    client(at, TOWER_HAMLETS).send(Interaction.HOLDINGS, holdings);
    holdings.setPageToken(CanaryChild.NAME);
    client(at, TOWER_HAMLETS).send(Interaction.HOLDINGS, holdings);
    StaffNameType name = new StaffNameType();
    name.setFamilyName(CanaryChild.FAMILY);
    AuthorityUserType user = new AuthorityUserType();
    user.setUserId(CanaryChild.NAME);
    user.setName(name);
    AccessHistoryRequest history = new AccessHistoryRequest();
    history.setSystems(Queries.systems(TOWER_HAMLETS.asid(), TestSystem.GATEWAY));
    history.setLocalAuthorityCode("TWH");
    history.setUser(user);
    history.setNhsNumber(CanaryChild.DIGITS);
    client(at, TOWER_HAMLETS).send(Interaction.ACCESS_HISTORY, history);
  }

  /** No answer to them repeats anything either: they are kept beside the logs. */
  private static void attack(ShippedGateway at) throws IOException {
    Path answers = Files.createDirectories(folder.resolve("answers"));
    int port = at.address().getPort();
    int number = 0;
    TlsEndpoint tls = tls(HOMERTON.tlsKeys());
    for (byte[] request : new HostileCanaries(at.address().toString()).all()) {
      String answer = answer(port, tls, request);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        Files.writeString(answers.resolve(port + "-" + number++), answer);
      }
    }
    byte[] any = "GET /query?wsdl HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    answer(port, tls(StrangerCertificates.selfMade()), any);
    answer(port, tls(StrangerCertificates.believed(true)), any);
    answer(port, tls(StrangerCertificates.believed(false)), any);
    named(port, tls);
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.getOutputStream().write(CanaryChild.ALL.getBytes(StandardCharsets.UTF_8));
      plain.setSoTimeout(10_000);
      plain.getInputStream().readAllBytes();
    } catch (IOException e) {
      // Reset is a way to be refused too.
    }
  }

  private static TlsEndpoint tls(KeyMaterial certificate) {
    return TlsEndpoint.client(
        certificate, TestCertificates.paths(), InstantSource.system(), refused -> {});
  }

  private static String answer(int port, TlsEndpoint tls, byte[] request) {
    try (RawHttps connection = RawHttps.connect(port, tls)) {
      return connection.send(request).reply().text();
    } catch (IOException | IllegalStateException e) {
      return "none";
    }
  }

  /** The child's name as that of the server that is wanted, and of the protocol. */
  private static void named(int port, TlsEndpoint tls) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress().getHostAddress(), port)) {
      SSLParameters parameters = tls.parameters();
      parameters.setServerNames(List.of(new SNIHostName(CanaryChild.NAME + ".example")));
      parameters.setApplicationProtocols(new String[] {CanaryChild.NAME});
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(10_000);
      socket.startHandshake();
    } catch (IOException e) {
      // Refused.
    }
  }

  /** What an operator does and is shown; that is kept beside the logs too. */
  private static void operate(ShippedGateway at, String name) throws Exception {
    Path shown = Files.createDirectories(folder.resolve("operations-" + name));
    for (String path :
        List.of("health", "lanes", "dead-letters", "dead-letters/TWH", "alerts", "refusals")) {
      Files.writeString(shown.resolve(path.replace('/', '-')), at.asked("GET", "/" + path));
    }
    at.asked("GET", "/notifications/" + CanaryChild.NAME);
    at.asked("GET", "/refusals/" + CanaryChild.DIGITS);
    at.asked("GET", "/" + CanaryChild.NAME);
    at.asked("POST", "/lanes/" + CanaryChild.DIGITS + "/retry");
    at.asked("POST", "/register/load");
    at.asked("POST", "/sweep");
    assertThat(at.asked("POST", "/backup")).contains("place");
  }

  /** PDS, answering badly in one way after the other, with the child's data in each. */
  private static final class Repeating implements AutoCloseable {

    static final int WAYS = 5;
    private final HttpServer server;
    private int asked;

    Repeating() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String about = CanaryChild.ALL + exchange.getRequestURI();
            String body =
                List.of(
                        about,
                        "{\"" + about + "\":" + about,
                        "{\"resourceType\":\""
                            + CanaryChild.NAME
                            + "\",\"id\":[\""
                            + about
                            + "\"]}",
                        "{\"resourceType\":\"Patient\",\"id\":\"" + CanaryChild.DIGITS + "x\"}",
                        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\""
                            + about
                            + "\"}]}")
                    .get(asked % WAYS);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-About", CanaryChild.NAME);
            exchange.sendResponseHeaders(asked++ % WAYS == 0 ? 500 : 200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(bytes);
            }
          });
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/FHIR/R4";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
