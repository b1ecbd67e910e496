package uk.cpis.gateway.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Stops and starts single authorities' systems, or makes them behave in another way, from another
 * process: {@code POST /authorities/TWH/stop}, {@code /start}, {@code /try-later}, ... ({@link
 * AuthorityBehaviour}), on the loopback address only. A simulator's tool; no part of the gateway.
 */
public final class SimulatorControl implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile("/authorities/([A-Za-z0-9]{3,12})/([a-z-]{1,20})");

  private static final String USAGE =
      "POST /authorities/CODE/ and one of stop, start, "
          + Arrays.stream(AuthorityBehaviour.values())
              .map(SimulatorControl::word)
              .collect(Collectors.joining(", "));

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
        reply(exchange, 404, USAGE);
        return;
      }
      try {
        SimulatedAuthority authority = authorities.of(new OdsCode(path.group(1)));
        reply(exchange, 200, told(authority, path.group(2)));
      } catch (SimulatorException e) {
        reply(exchange, 404, e.getMessage());
      }
    }
  }

  private static String told(SimulatedAuthority authority, String word) {
    String system = "The system of " + authority.authority().name();
    switch (word) {
      case "stop" -> {
        authority.stop();
        return system + " is down.";
      }
      case "start" -> {
        authority.start();
        return system + " is up.";
      }
      default -> {
        authority.behave(behaviour(word));
        return system + " answers from now on: " + word + ".";
      }
    }
  }

  private static AuthorityBehaviour behaviour(String word) {
    return Arrays.stream(AuthorityBehaviour.values())
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow(() -> new SimulatorException("unknown: " + word + ". " + USAGE));
  }

  private static String word(AuthorityBehaviour behaviour) {
    return behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
