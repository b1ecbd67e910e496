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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.domain.OdsCode;

/**
 * {@code GET /health} (200 or, when queries cannot be answered, 503) and {@code GET /lanes} as
 * JSON, on the loopback address only.
 */
public final class OperationsServer implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(OdsCode.class, new ToStringSerializer()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final HttpServer server;
  private final ExecutorService threads;

  private OperationsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Listens on this port (0 takes any free one); the lanes are whatever the supplier lists. */
  public static OperationsServer open(int port, Health health, Supplier<List<LaneStatus>> lanes) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(2, task -> daemon(task, "operations"));
      server.setExecutor(threads);
      server.createContext("/health", exchange -> answerHealth(exchange, health));
      server.createContext("/lanes", exchange -> answer(exchange, 200, lanes.get()));
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

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void answerHealth(HttpExchange exchange, Health health) throws IOException {
    Health.State state = health.now();
    answer(exchange, state.answering() ? 200 : 503, state);
  }

  private static void answer(HttpExchange exchange, int status, Object value) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] body = JSON.writeValueAsBytes(value);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Stops listening at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
