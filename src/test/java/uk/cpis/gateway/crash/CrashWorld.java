package uk.cpis.gateway.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.AuthoritySystem;
import uk.cpis.gateway.simulator.GatewayIdentity;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SimulatedAuthorities;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.simulator.SimulatorFolder;
import uk.cpis.gateway.simulator.Steps;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * All that outlives a kill: the folder with the gateway's data, always the same address, the
 * systems of the authorities in this process, and the logs of the partners. Starts gateways over
 * that, one after the other.
 */
public final class CrashWorld implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
  private static final Duration LONGEST_QUIET = Duration.ofMinutes(5);

  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 12_000;
  private static final HttpClient OPERATIONS =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Two authorities are delivered to; Birmingham collects. */
  public static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();

  public static final TestSystem HACKNEY = TestSystem.hackney();
  public static final TestSystem BIRMINGHAM = TestSystem.authority("BIR", "200000000203");

  private final Path folder;
  private final Path configuration;
  private final URI address;
  private final ShiftedClock clock = new ShiftedClock();
  private final ClientLog clients;
  private final AuthorityLog authorityLog;
  private final SimulatedAuthorities authorities;
  private final List<Duration> starts = new ArrayList<>();
  private List<String> options = GatewayProcess.QUICK;
  private List<String> before = List.of();
  private Optional<GatewayProcess> process = Optional.empty();

  /** Makes everything in this folder; the settings are added to the gateway's configuration. */
  public CrashWorld(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.clients = new ClientLog(clientLog());
    this.authorityLog = new AuthorityLog(authorityLog());
    this.authorities =
        SimulatedAuthorities.open(
            Stream.of(TOWER_HAMLETS, HACKNEY).map(CrashWorld::receiving).toList(),
            partners(),
            0,
            Steps.UNTOLD);
    int port = freePort();
    this.address = URI.create("https://127.0.0.1:" + port);
    Map<String, String> all = new HashMap<>();
    all.put("cpis.http.port", "" + port);
    all.put("cpis.http.rate-per-sender", "2000");
    all.put("cpis.store.page-cache", "1000");
    all.put("cpis.audit.seal-records", "50");
    all.put("cpis.audit.seal-every", "1s");
    all.put("cpis.audit.folder", "audit");
    all.put("cpis.retention.messages", "16d");
    all.put("cpis.retention.settled", "1d");
    all.put("cpis.delivery.first-retry", "200ms");
    all.put("cpis.delivery.longest-retry", "1s");
    all.putAll(settings);
    this.configuration =
        new GatewayFolder(systems(), Children.all(), all)
            .write(
                folder.resolve("gateway"),
                Map.of(
                    code(TOWER_HAMLETS), authority(TOWER_HAMLETS).address(),
                    code(HACKNEY), authority(HACKNEY).address()));
  }

  /** The systems that are registered. */
  public static List<TestSystem> systems() {
    return List.of(TestSystem.homerton(), TestSystem.nhs111(), TOWER_HAMLETS, HACKNEY, BIRMINGHAM);
  }

  private PartnerWorld partners() {
    return new PartnerWorld(
        new GatewayIdentity(
            TestSystem.GATEWAY,
            Set.of(
                TestCertificates.all().of(Group.GATEWAY, "signing-rsa").fingerprint(),
                TestCertificates.all().of(Group.GATEWAY, "signing-ec").fingerprint())),
        TestCertificates.paths(),
        SimulatorFolder.told(authorityLog::delivered),
        clock);
  }

  private static AuthoritySystem receiving(TestSystem system) {
    Contacts contacts = new Contacts(new Telephone("020 7946 0001"), Optional.empty());
    return new AuthoritySystem(
        new LocalAuthority(code(system), "Authority " + code(system), "London", contacts),
        system.asid(),
        system.tlsKeys(),
        system.signingKeys());
  }

  static OdsCode code(TestSystem system) {
    return system.system().localAuthority().orElseThrow();
  }

  /**
   * Below the ports that systems hand out, so that it is free after each kill, and below those that
   * benches take, which may run at the same time.
   */
  private static int freePort() {
    for (int i = 0; i < 200; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        // Somebody has it.
      }
    }
    throw new IllegalStateException("no free port");
  }

  public Path folder() {
    return folder;
  }

  public Path configuration() {
    return configuration;
  }

  public Path clientLog() {
    return folder.resolve("clients.log");
  }

  public Path authorityLog() {
    return folder.resolve("authorities.log");
  }

  /** What the gateway printed; what it printed as an error is beside it. */
  public Path output() {
    return folder.resolve("gateway.out");
  }

  public Path store() {
    return configuration.resolveSibling("store");
  }

  public URI address() {
    return address;
  }

  public ShiftedClock clock() {
    return clock;
  }

  public ClientLog clients() {
    return clients;
  }

  AuthorityLog mailboxLog() {
    return authorityLog;
  }

  /** The system of an authority that is delivered to. */
  public SimulatedAuthority authority(TestSystem system) {
    return authorities.of(code(system));
  }

  public void behave(AuthorityBehaviour behaviour) {
    authorities.all().forEach(each -> each.behave(behaviour));
  }

  /** A line of this system to the gateway, whichever process it is. */
  public PartnerLine line(TestSystem system) {
    return new PartnerLine(system, address, clock);
  }

  /** From the next start on, the virtual machine has these options. */
  public void options(List<String> wanted) {
    options = wanted;
  }

  /** From the next start on, this command runs the virtual machine. */
  public void before(List<String> command) {
    before = command;
  }

  /** Starts a gateway and waits until it serves. */
  public GatewayProcess start() {
    GatewayProcess started = launch(Optional.empty());
    started.awaitServing(LONGEST_START);
    starts.add(started.startTook());
    return started;
  }

  /** Starts a gateway that is killed when it gets to a step of its start; whether it got there. */
  public boolean startAndDie(GatewayProcess.Death death) {
    GatewayProcess started = launch(Optional.of(death));
    boolean died = started.died(LONGEST_START);
    started.kill();
    return died;
  }

  /** Starts a gateway that dies at a step, without waiting for anything. */
  public GatewayProcess launch(Optional<GatewayProcess.Death> death) {
    process.ifPresent(GatewayProcess::kill);
    GatewayProcess started =
        GatewayProcess.start(
            new GatewayProcess.Launch(
                configuration, output(), options, clock.ahead(), death, before));
    process = Optional.of(started);
    return started;
  }

  public GatewayProcess gateway() {
    return process.orElseThrow();
  }

  /** How long each start took until the gateway served. */
  public List<Duration> starts() {
    return List.copyOf(starts);
  }

  /** Has the store swept; true when it ended. */
  public boolean sweep() {
    return post("/sweep").isPresent();
  }

  /** Takes up the dead letters of those that are delivered to. */
  public void sendDeadLettersAgain() {
    for (TestSystem system : List.of(TOWER_HAMLETS, HACKNEY)) {
      for (JsonNode letter : get("/dead-letters/" + code(system))) {
        post("/dead-letters/" + letter.path("notification").asText() + "/send-again");
      }
    }
  }

  /** Waits until nothing is owed to those that are delivered to. */
  public void awaitDelivered() {
    behave(AuthorityBehaviour.ACCEPT);
    await()
        .atMost(LONGEST_QUIET)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              sendDeadLettersAgain();
              return waiting() == 0;
            });
  }

  private long waiting() {
    long waiting = 0;
    for (JsonNode lane : get("/lanes")) {
      if (!lane.path("state").asText().equals("MAILBOX")) {
        waiting += lane.path("waiting").asLong() + lane.path("deadLetters").asLong();
      }
    }
    return waiting;
  }

  /** What operations answer to a question; an empty list when there is no gateway. */
  public JsonNode get(String path) {
    return call(HttpRequest.newBuilder(gateway().operations().resolve(path)).GET())
        .orElse(new ObjectMapper().createArrayNode());
  }

  /** What operations answer to an order; empty when the gateway went meanwhile. */
  public Optional<JsonNode> post(String path) {
    return call(
        HttpRequest.newBuilder(gateway().operations().resolve(path))
            .header("X-Operator", "crash-test")
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static Optional<JsonNode> call(HttpRequest.Builder request) {
    try {
      String answer =
          OPERATIONS
              .send(request.timeout(LONGEST_CALL).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return Optional.of(new ObjectMapper().readTree(answer));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Ends the gateway by force and the authorities' systems. */
  @Override
  public void close() {
    process.ifPresent(GatewayProcess::close);
    authorities.close();
  }

  static void delete(Path tree) {
    try (Stream<Path> files = java.nio.file.Files.walk(tree)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
