package uk.cpis.gateway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLParameters;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.pki.TlsEndpoint;

/** A partner's system: signs what it sends and verifies what comes back, over mutual TLS. */
public final class TestClient {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI gateway;
  private final TestSystem system;
  private final InstantSource clock;
  private final HttpClient http;

  public TestClient(URI gateway, TestSystem system, InstantSource clock, String... tlsVersions) {
    this.gateway = gateway;
    this.system = system;
    this.clock = clock;
    TlsEndpoint tls =
        TlsEndpoint.client(
            system.tlsKeys(), TestCertificates.paths(), InstantSource.system(), refused -> {});
    SSLParameters parameters = tls.parameters();
    if (tlsVersions.length > 0) {
      parameters.setProtocols(tlsVersions);
    }
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls.context())
            .sslParameters(parameters)
            .connectTimeout(PATIENCE)
            .build();
  }

  public TestSystem system() {
    return system;
  }

  /** A new message with this body, addressed to the service the interaction belongs to. */
  public TestMessage message(Interaction interaction, Object body) {
    return TestMessage.of(interaction, body, gateway + path(interaction));
  }

  /** Sends a new message with this body. */
  public TestReply send(Interaction interaction, Object body) {
    return send(message(interaction, body));
  }

  /** Signs the message and sends it. */
  public TestReply send(TestMessage message) {
    return send(message, message.signed(system.signingKeys(), clock));
  }

  /** Sends these bytes in place of the message. */
  public TestReply send(TestMessage message, byte[] bytes) {
    return send(message, bytes, "Content-Type", "text/xml; charset=utf-8");
  }

  /** Sends these bytes with these headers, names and values in turn. */
  public TestReply send(TestMessage message, byte[] bytes, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path(message.interaction())))
            .timeout(PATIENCE)
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(bytes))
            .build();
    return reply(request, message);
  }

  /** What a GET of this path and query gives. */
  public HttpResponse<String> get(String pathAndQuery) {
    return exchange(
        HttpRequest.newBuilder(URI.create(gateway + pathAndQuery)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  private TestReply reply(HttpRequest request, TestMessage message) {
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    return new TestReply(
        response.statusCode(), response.headers(), response.body(), message, clock);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new IllegalStateException("the gateway gave no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }

  private static String path(Interaction interaction) {
    return switch (interaction) {
      case QUERY -> "/query";
      case UPDATE, DELETE, HOLDINGS, ACCESS_HISTORY -> "/submission";
      case COLLECT, ACKNOWLEDGE -> "/mailbox";
      default -> throw new IllegalArgumentException("no interaction of the gateway's");
    };
  }
}
