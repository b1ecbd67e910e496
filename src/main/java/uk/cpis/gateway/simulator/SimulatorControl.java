package uk.cpis.gateway.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Stops and starts single authorities' systems from another process: {@code POST
 * /authorities/TWH/stop} or {@code /start}, on the loopback address only. A simulator's tool; no
 * part of the gateway.
 */
public final class SimulatorControl implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile("/authorities/([A-Za-z0-9]{3,12})/(stop|start)");

  private final HttpServer server;

  private SimulatorControl(HttpServer server) {
    this.server = server;
  }

  /** Listens on this port; 0 takes any free one. */
  public static SimulatorControl open(int port, SimulatedAuthorities authorities) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/authorities/", exchange -> answer(exchange, authorities));
      server.start();
      return new SimulatorControl(server);
    } catch (IOException e) {
      throw new SimulatorException("cannot listen on loopback port " + port + " for control", e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, SimulatedAuthorities authorities)
      throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!exchange.getRequestMethod().equals("POST") || !path.matches()) {
        reply(exchange, 404, "POST /authorities/CODE/stop or /start");
        return;
      }
      try {
        SimulatedAuthority authority = authorities.of(new OdsCode(path.group(1)));
        boolean stop = path.group(2).equals("stop");
        if (stop) {
          authority.stop();
        } else {
          authority.start();
        }
        reply(
            exchange,
            200,
            "The system of " + authority.authority().name() + (stop ? " is down." : " is up."));
      } catch (SimulatorException e) {
        reply(exchange, 404, e.getMessage());
      }
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening; the authorities stay as they are. */
  @Override
  public void close() {
    server.stop(0);
  }
}
