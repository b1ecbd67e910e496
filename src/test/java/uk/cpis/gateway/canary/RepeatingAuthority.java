package uk.cpis.gateway.canary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import uk.cpis.gateway.faults.NotifiedMessage;
import uk.cpis.gateway.faults.SignedAnswers;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.PostedBody;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The system of an authority that answers badly in one way after the other, and repeats the child's
 * data wherever an answer has room for it; told to, it refuses for good, in the same words.
 */
final class RepeatingAuthority implements AutoCloseable {

  /** The ways in which it answers. */
  static final int WAYS = 7;

  private final SignedAnswers answers;
  private final SSLServerSocket listening;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean refusing;

  RepeatingAuthority(TestSystem system) throws IOException {
    this.answers = new SignedAnswers(system, InstantSource.system());
    TlsEndpoint tls =
        TlsEndpoint.server(
            system.tlsKeys(), TestCertificates.paths(), InstantSource.system(), refused -> {});
    this.listening = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listening.setSSLParameters(tls.parameters());
    Thread thread = new Thread(this::serve, "repeating-authority");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + listening.getLocalPort() + "/cpis/notification");
  }

  /** How many notifications reached it. */
  int asked() {
    return asked.get();
  }

  /** Whether it refuses for good from now on. */
  void refuse(boolean wanted) {
    refusing = wanted;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (SSLSocket connection = (SSLSocket) listening.accept()) {
        byte[] request = PostedBody.read(connection.getInputStream());
        connection.getOutputStream().write(answer(request));
        connection.getOutputStream().flush();
      } catch (IOException e) {
        // The gateway went away, or this is closed.
      }
    }
  }

  private byte[] answer(byte[] request) throws IOException {
    NotifiedMessage message = NotifiedMessage.read(request);
    String words = CanaryChild.ALL;
    if (refusing) {
      return http("500 Refused", "text/xml", answers.fault(message, "soap:Client", "201", words));
    }
    return switch (asked.getAndIncrement() % WAYS) {
      case 0 -> http("200 OK", "text/html", utf8("<html>" + words));
      case 1 -> http("500 " + words, "text/plain", utf8(words));
      case 2 -> http("200 OK", "text/" + CanaryChild.NAME + "; charset=" + words, request);
      case 3 -> http("200 OK", "text/xml", utf8("<" + CanaryChild.NAME + " a='" + words + "'>&x;"));
      case 4 ->
          http("302 " + words + "\r\nLocation: https://x/" + CanaryChild.NAME, "a/b", request);
      case 5 -> http("500 No", "text/xml", answers.fault(message, "soap:Server", "200", words));
      default -> utf8(words + "\r\n" + words + ": " + words + "\r\n\r\n" + words);
    };
  }

  private static byte[] http(String status, String type, byte[] body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(
        utf8(
            "HTTP/1.1 "
                + status
                + "\r\nContent-Type: "
                + type
                + "\r\nX-About: "
                + CanaryChild.ALL
                + "\r\nConnection: close\r\nContent-Length: "
                + body.length
                + "\r\n\r\n"));
    whole.write(body);
    return whole.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
