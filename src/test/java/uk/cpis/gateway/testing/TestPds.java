package uk.cpis.gateway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * A server that answers a read of a patient as PDS does: a superseded number with the patient who
 * has it now, an invalidated one with 404 and its code, nobody without a request id or a token that
 * is let in. It can be scripted to answer badly, and stopped and started at its address.
 */
public final class TestPds implements AutoCloseable {

  private static final String PATH = "/personal-demographics/FHIR/R4";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers in place of the service; false where it leaves a request to it. */
  @FunctionalInterface
  public interface Fault {
    boolean answered(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool(TestPds::daemon);
  private final Map<NhsNumber, DemographicPerson> people = new ConcurrentHashMap<>();
  private final Map<NhsNumber, String> bodies = new ConcurrentHashMap<>();
  private final List<String> requestIds = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private final @Nullable SSLContext tls;
  private volatile Predicate<Optional<String>> lettingIn = token -> true;
  private volatile Fault fault = exchange -> false;
  private HttpServer server;

  private TestPds(@Nullable SSLContext tls) {
    this.tls = tls;
    this.server = started(0);
  }

  /** Listens on a free loopback port, over plain HTTP. */
  public static TestPds open() {
    return new TestPds(null);
  }

  /** The same over TLS. */
  public static TestPds open(SSLContext tls) {
    return new TestPds(tls);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "test-pds");
    thread.setDaemon(true);
    return thread;
  }

  public URI address() {
    String scheme = tls == null ? "http" : "https";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + PATH);
  }

  /** Knows these people from now on, in place of what it knew of their numbers. */
  public void know(DemographicPerson... known) {
    List.of(known).forEach(person -> people.put(person.number(), person));
  }

  /** Answers a read of this number with this body and 200. */
  public void answer(NhsNumber number, String body) {
    bodies.put(number, body);
  }

  public void letIn(Predicate<Optional<String>> token) {
    lettingIn = token;
  }

  /** Answers so from now on. */
  public void fail(Fault how) {
    fault = how;
  }

  /** Answers as it should again. */
  public void recover() {
    fault = exchange -> false;
  }

  public List<String> requestIds() {
    return requestIds;
  }

  /** The tokens shown, in the order of the requests. */
  public List<String> tokens() {
    return tokens;
  }

  public int mostUnderWay() {
    return mostUnderWay.get();
  }

  /** No connection is taken until it is started again. */
  public void stop() {
    server.stop(0);
  }

  public void startAgain() {
    server = started(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpServer started(int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer opened = tls == null ? HttpServer.create(address, 0) : https(address, tls);
      opened.setExecutor(threads);
      opened.createContext("/", this::serve);
      opened.start();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer https(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private void serve(HttpExchange exchange) throws IOException {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try (exchange) {
      if (!fault.answered(exchange)) {
        answer(exchange);
      }
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("X-Request-ID");
    Optional<String> token =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    token.ifPresent(tokens::add);
    if (!lettingIn.test(token)) {
      send(exchange, 401, outcome("ACCESS_DENIED"));
    } else if (id == null) {
      send(exchange, 400, outcome("MISSING_VALUE"));
    } else {
      requestIds.add(id);
      exchange.getResponseHeaders().set("X-Request-Id", id);
      read(exchange);
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<NhsNumber> number =
        path.startsWith(PATH + "/Patient/")
            ? NhsNumber.of(path.substring((PATH + "/Patient/").length()))
            : Optional.empty();
    if (number.isEmpty()) {
      send(exchange, 400, outcome("INVALID_RESOURCE_ID"));
    } else if (bodies.containsKey(number.get())) {
      send(exchange, 200, bodies.get(number.get()));
    } else {
      read(exchange, number.get());
    }
  }

  private void read(HttpExchange exchange, NhsNumber number) throws IOException {
    DemographicPerson person = people.get(number);
    while (person != null && person.status() == Status.SUPERSEDED) {
      person = people.get(person.replacement().orElseThrow());
    }
    if (person == null) {
      send(exchange, 404, outcome("RESOURCE_NOT_FOUND"));
    } else if (person.status() == Status.INVALIDATED) {
      send(exchange, 404, outcome("INVALIDATED_RESOURCE"));
    } else {
      send(exchange, 200, patient(person));
    }
  }

  /** A patient in the shape and with the neighbours that PDS gives it. */
  public static String patient(DemographicPerson person) {
    String label = person.status() == Status.SENSITIVE ? "R" : "U";
    return text(
        Map.of(
            "resourceType", "Patient",
            "id", person.number().digits(),
            "identifier",
                List.of(
                    Map.of(
                        "system",
                        "https://fhir.nhs.uk/Id/nhs-number",
                        "value",
                        person.number().digits())),
            "meta", Map.of("versionId", "2", "security", List.of(Map.of("code", label))),
            "name",
                List.of(
                    Map.of("use", "old", "family", "Formerly", "given", List.of("Somebody")),
                    Map.of(
                        "use", "usual",
                        "period", Map.of("start", "2020-01-01"),
                        "family", person.familyName(),
                        "given", person.givenNames(),
                        "prefix", List.of("Miss"))),
            "gender", "female",
            "birthDate", person.dateOfBirth().toString()));
  }

  /** An outcome with this code of the Spine. */
  public static String outcome(String code) {
    return text(
        Map.of(
            "resourceType",
            "OperationOutcome",
            "issue",
            List.of(
                Map.of(
                    "severity",
                    "error",
                    "code",
                    "processing",
                    "details",
                    Map.of("coding", List.of(Map.of("version", "1", "code", code)))))));
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String text(Map<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
