package uk.cpis.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.outbound.ScriptedServer.ascii;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.TestCertificates;

/** Calls to servers that do not keep to what they should. */
@Timeout(180)
class HttpsPostIT {
  private static final int MOST_BYTES = 1_000;
  private static final byte[] MESSAGE = ascii("<question/>");

  private final HttpsPost post = post(Duration.ofMillis(1_500));

  @AfterEach
  void close() {
    post.close();
  }

  @Test
  void readsStatusTypeAndBody() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (connection, out) ->
                out.write(
                    ascii(
                        "HTTP/1.1 500 Oh\r\nContent-Type: text/xml; charset=\"UTF-8\"\r\n"
                            + "Content-Length: 3\r\n\r\n<a>")))) {
      HttpAnswer answer = post.post(server.address(), "urn:a", MESSAGE);

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo(ascii("<a>"));
      assertThat(answer.claimsToBeSoap()).isTrue();
      assertThat(answer.charset()).contains("UTF-8");
    }
  }

  @Test
  void endsACallWhoseBodyTricklesInForEver() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (connection, out) -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"));
              trickle(out);
            })) {
      assertThatThrownBy(() -> post.post(server.address(), "urn:a", MESSAGE))
          .isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void endsACallWhoseHeadTricklesInForEver() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (connection, out) -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nX-Long: "));
              trickle(out);
            })) {
      assertThatThrownBy(() -> post.post(server.address(), "urn:a", MESSAGE))
          .isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void endsACallToAServerThatTakesTheConnectionAndNeverSpeaks() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThatThrownBy(() -> post.post(address, "urn:a", MESSAGE))
          .isInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void takesNoMoreBytesThanAnAnswerMayHave() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (connection, out) -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"));
              out.write(new byte[MOST_BYTES + 1]);
            })) {
      assertThatThrownBy(() -> post.post(server.address(), "urn:a", MESSAGE))
          .isInstanceOf(AnswerTooLongException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void keepsItsConnectionFromOneCallToTheNext() throws Exception {
    int calls = 3;
    try (ScriptedServer server =
        new ScriptedServer(
            calls,
            (connection, out) ->
                out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")))) {
      for (int i = 0; i < calls; i++) {
        assertThat(post.post(server.address(), "urn:a", MESSAGE).status()).isEqualTo(200);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void triesOnceMoreAtOnceWhenTheConnectionBreaksBeforeTheAnswer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (connection, out) -> {
              if (connection > 1) {
                out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
              }
            })) {
      assertThat(post.post(server.address(), "urn:a", MESSAGE).status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void triesNoMoreThanTwice() throws Exception {
    try (ScriptedServer server = new ScriptedServer((connection, out) -> {})) {
      assertThatThrownBy(() -> post.post(server.address(), "urn:a", MESSAGE))
          .isInstanceOf(IOException.class);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    while (true) {
      out.write('a');
      out.flush();
      Thread.sleep(100);
    }
  }

  private static HttpsPost post(Duration call) {
    TlsEndpoint tls =
        TlsEndpoint.client(
            TestCertificates.all().of(Group.GATEWAY, "tls-client").keyMaterial(),
            TestCertificates.paths(),
            InstantSource.system(),
            refused -> {});
    return new HttpsPost(
        tls.context(),
        tls.parameters(),
        new OutboundSettings(Duration.ofSeconds(5), call, MOST_BYTES));
  }
}
