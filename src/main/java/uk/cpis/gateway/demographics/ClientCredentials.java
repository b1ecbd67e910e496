package uk.cpis.gateway.demographics;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Tokens by OAuth 2 client credentials with a signed assertion, as the NHS API platform gives them
 * out to applications. A token is kept until shortly before its end, or until it is refused; while
 * one thread asks for the next, the others wait.
 */
public final class ClientCredentials implements Tokens {

  private static final Duration GIVEN_UP_BEFORE_ITS_END = Duration.ofSeconds(30);

  /** Of a token that does not say how long it is good. */
  private static final long SECONDS_UNLESS_TOLD = 300;

  private static final int OK = 200;

  private record Kept(Token token, Instant until) {}

  private final ClientSettings client;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private Optional<Kept> kept = Optional.empty();

  /** Asks over this TLS, each time with a new id. */
  public ClientCredentials(
      ClientSettings client,
      SSLContext tls,
      SSLParameters parameters,
      Duration connect,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.client = client;
    this.calls = new HttpCalls(tls, parameters, connect);
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public synchronized Token token(Deadline deadline) throws InterruptedException {
    Instant now = clock.instant();
    Optional<Token> good = kept.filter(each -> now.isBefore(each.until())).map(Kept::token);
    return good.isPresent() ? good.get() : asked(now, deadline);
  }

  @Override
  public synchronized void refused(Token token) {
    kept = kept.filter(each -> !each.token().equals(token));
  }

  private Token asked(Instant now, Deadline deadline) throws InterruptedException {
    try {
      HttpAnswer answer = calls.send(request(now), deadline);
      if (answer.status() != OK) {
        return new Token.Unavailable("the token service answered with " + answer.status());
      }
      return read(answer, now);
    } catch (IOException failure) {
      return new Token.Unavailable("the token service: " + HttpCalls.reason(failure));
    }
  }

  private Token read(HttpAnswer answer, Instant now) {
    Optional<JsonNode> json = Json.read(answer.body());
    Token token = Tokens.of(json.map(tree -> tree.path("access_token").asText()).orElse(""));
    if (token instanceof Token.Bearer) {
      long seconds = json.orElseThrow().path("expires_in").asLong(SECONDS_UNLESS_TOLD);
      kept = Optional.of(new Kept(token, now.plusSeconds(seconds).minus(GIVEN_UP_BEFORE_ITS_END)));
    }
    return token;
  }

  private HttpRequest request(Instant now) {
    return HttpRequest.newBuilder(client.address())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .POST(
            BodyPublishers.ofString(
                form(
                    Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        ClientAssertion.of(client, ids.get(), now)))))
        .build();
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            value ->
                value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
