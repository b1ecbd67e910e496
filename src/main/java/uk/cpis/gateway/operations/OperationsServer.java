package uk.cpis.gateway.operations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Health, lanes, dead letters and upkeep as JSON, on the loopback address only: {@code GET /health}
 * (503 when queries cannot be answered), {@code GET /alerts}, {@code GET /lanes}, {@code POST
 * /lanes/TWH/retry}, {@code GET /notifications/ID}, {@code GET /dead-letters} (how many, by
 * authority and reason), {@code GET /dead-letters/TWH}, {@code GET /dead-letters/ID}, {@code POST
 * /dead-letters/ID/send-again}, {@code POST /dead-letters/TWH/send-again} (or of all without the
 * authority, or for one reason with {@code /outlived} or {@code /refused} behind it), {@code POST
 * /register/load} (422 with the faults of a file of which nothing was taken), {@code POST
 * /sequences/TWH/reset}, {@code GET /sequences}, {@code GET /refusals} (counted), {@code GET
 * /refusals/ID}, {@code POST /sweep}, {@code POST /backup}, {@code POST /audit/export} and {@code
 * POST /audit/prove/ID}, {@code POST /audit/request/ID} (into files of an owner-only folder; the
 * answer names them and shows nothing of what they hold; 409 while another is being written),
 * {@code POST /audit/acknowledge} (that seals are missing), {@code POST /registration/load}, {@code
 * POST /registration/take/NAME}, {@code POST /trust/revocation-unknown/TIME/REASON} and {@code POST
 * /trust/revocation-unknown/end} (422 with the faults of what was not taken). Whoever changes
 * something names himself in the header {@code X-Operator}, which a page in a browser cannot set,
 * and is logged. What weakens the gateway (to begin with unknown revocation, to acknowledge missing
 * seals) is for those only who may write into its own folder: an empty file {@code asked-UUID} put
 * there is named in the header {@code X-Proof}.
 */
public final class OperationsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

  /** A sweep, a backup and an export may take their time, and health still answers. */
  private static final int THREADS = 4;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(OdsCode.class, new ToStringSerializer())
                  .addSerializer(NotificationId.class, new ToStringSerializer())
                  .addSerializer(MessageId.class, new ToStringSerializer())
                  .addSerializer(Asid.class, new ToStringSerializer())
                  .addSerializer(CertificateFingerprint.class, new ToStringSerializer()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final HttpServer server;
  private final ExecutorService threads;

  private OperationsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens on this port; 0 takes any free one.
   *
   * @param own a folder that only the gateway's owner may write into
   */
  public static OperationsServer open(
      int port,
      Path own,
      Health health,
      Deliveries deliveries,
      Register register,
      Sequences sequences,
      Refusals refusals,
      Upkeep upkeep,
      Registration registration) {
    Requests requests =
        new Requests(
            new OwnersWord(own.toAbsolutePath()),
            health,
            deliveries,
            register,
            sequences,
            refusals,
            upkeep,
            registration);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS, OperationsServer::daemon);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, requests));
      server.start();
      return new OperationsServer(server, threads);
    } catch (IOException e) {
      throw new OperationsException(
          "cannot listen on loopback port " + port + " for operations (cpis.operations.port)", e);
    }
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "operations");
    thread.setDaemon(true);
    return thread;
  }

  private static void answer(HttpExchange exchange, Requests requests) throws IOException {
    try (exchange) {
      Requests.Answer answer = answered(exchange, requests);
      byte[] body = JSON.writeValueAsBytes(answer.value());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Nobody is left without an answer: an operator asks most when something is broken. */
  private static Requests.Answer answered(HttpExchange exchange, Requests requests) {
    try {
      return requests.answer(
          exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(),
          exchange.getRequestHeaders().getFirst("X-Operator"),
          exchange.getRequestHeaders().getFirst("X-Proof"),
          exchange.getRemoteAddress().getAddress().getHostAddress());
    } catch (RuntimeException e) {
      LOG.error("an operator's request failed: {}", exchange.getRequestURI().getPath(), e);
      return Requests.Answer.failed("the gateway could not do that; its log says why");
    }
  }

  /** Stops listening at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
