package uk.cpis.gateway.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.PostedBody;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The system of an authority that answers signed over mutual TLS, and fails on demand in every way
 * that a socket allows. It keeps what reached it. Safe to share between threads.
 */
final class FaultyAuthority implements AutoCloseable {

  private static final int SILENCE_MILLIS = 60_000;
  private static final int DRIP_MILLIS = 200;

  private final TestSystem system;
  private final SignedAnswers answers;
  private final List<NotifiedMessage> received = new CopyOnWriteArrayList<>();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final int port;
  private volatile ServerSocket listening;
  private volatile Optional<AuthorityFault> fault = Optional.empty();
  private volatile Predicate<NotifiedMessage> hit = message -> true;

  FaultyAuthority(TestSystem system, InstantSource clock) throws IOException {
    this.system = system;
    this.answers = new SignedAnswers(system, clock);
    this.listening = listen(0);
    this.port = listening.getLocalPort();
  }

  private ServerSocket listen(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
    daemon("faulty-" + system.asid(), () -> accept(socket));
    return socket;
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + port + "/cpis/notification");
  }

  /** A certificate of this authority's own beside the usual one, whose time is over. */
  static DevelopmentCertificate expired() {
    return TestCertificates.all().of(Group.BAD, "expired");
  }

  /** From now on it fails in this way; kept connections are closed. */
  void fail(AuthorityFault how) throws IOException {
    fail(how, message -> true);
  }

  /** The same with these messages only. */
  void fail(AuthorityFault how, Predicate<NotifiedMessage> messages) throws IOException {
    hit = messages;
    fault = Optional.of(how);
    if (how == AuthorityFault.DOWN) {
      listening.close();
    }
    closeConnections();
  }

  /** From now on it works. */
  void recover() throws IOException {
    fault = Optional.empty();
    if (listening.isClosed()) {
      listening = listen(port);
    }
    closeConnections();
  }

  /** Every message that was read, whatever was answered. */
  List<NotifiedMessage> received() {
    return received;
  }

  /** The notifications it worked on, each once. */
  Set<String> accepted() {
    return accepted;
  }

  int connections() {
    return connections.get();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        open.add(connection);
        daemon("faulty-connection", () -> serve(connection));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket plain) {
    try (plain) {
      if (fails(AuthorityFault.HALF_OPEN)) {
        silence(plain);
        return;
      }
      SSLSocket tls = secured(plain);
      while (true) {
        answer(plain, tls, NotifiedMessage.read(PostedBody.read(tls.getInputStream())));
      }
    } catch (IOException e) {
      // The other side went away, or the fault wants it so.
    } finally {
      open.remove(plain);
    }
  }

  private boolean fails(AuthorityFault how) {
    return fault.filter(each -> each == how).isPresent();
  }

  private SSLSocket secured(Socket plain) throws IOException {
    TlsEndpoint endpoint =
        TlsEndpoint.server(
            shown().keyMaterial(), TestCertificates.paths(), InstantSource.system(), refused -> {});
    SSLSocket tls =
        (SSLSocket)
            endpoint
                .context()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), port, true);
    tls.setUseClientMode(false);
    tls.setSSLParameters(endpoint.parameters());
    tls.startHandshake();
    return tls;
  }

  private DevelopmentCertificate shown() {
    if (fails(AuthorityFault.WRONG_CERTIFICATE)) {
      return TestSystem.hackney().tls();
    }
    return fails(AuthorityFault.EXPIRED_CERTIFICATE) ? expired() : system.tls();
  }

  private void answer(Socket plain, SSLSocket tls, NotifiedMessage message) throws IOException {
    received.add(message);
    Optional<AuthorityFault> now = fault.filter(each -> hit.test(message));
    if (now.isPresent()) {
      badly(now.get(), plain, tls.getOutputStream(), message);
    } else {
      accepted.add(message.notification());
      tls.getOutputStream().write(http(200, answers.accepted(message)));
    }
  }

  private void badly(AuthorityFault how, Socket plain, OutputStream out, NotifiedMessage message)
      throws IOException {
    switch (how) {
      case STALLED -> silence(plain);
      case RESETTING -> {
        byte[] whole = http(200, answers.accepted(message));
        out.write(whole, 0, whole.length / 2);
        out.flush();
        reset(plain);
      }
      case SLOW_DRIP -> drip(out, http(200, answers.accepted(message)));
      case HTTP_500 -> out.write(http(500, new byte[0]));
      case HTTP_404 -> out.write(http(404, new byte[0]));
      case SOAP_FAULT -> out.write(http(500, answers.fault(message, "soap:Server", "200")));
      case SOAP_REFUSAL -> out.write(http(500, answers.fault(message, "soap:Client", "201")));
      case GARBAGE -> out.write(http(200, ascii("<html>all is well")));
      case UNSIGNED -> out.write(http(200, answers.unsigned(message)));
      case ALTERED -> out.write(http(200, answers.altered(message)));
      case TOO_LONG -> out.write(http(200, new byte[1 << 20]));
      case ACKNOWLEDGED_TWICE -> {
        accepted.add(message.notification());
        byte[] whole = http(200, answers.accepted(message));
        out.write(whole);
        out.write(whole);
        out.flush();
      }
      case ACKNOWLEDGEMENT_LOST -> {
        accepted.add(message.notification());
        reset(plain);
      }
      case FLAPPING -> {
        if (connections.get() % 2 == 1) {
          reset(plain);
        } else {
          accepted.add(message.notification());
          out.write(http(200, answers.accepted(message)));
          out.flush();
          plain.close();
        }
      }
      default -> throw new IllegalStateException(how + " is no way to answer");
    }
  }

  private static void silence(Socket plain) throws IOException {
    plain.setSoTimeout(SILENCE_MILLIS);
    while (plain.getInputStream().read() >= 0) {
      // Whatever comes is not answered.
    }
  }

  private static void reset(Socket plain) throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
    throw new IOException("reset");
  }

  private static void drip(OutputStream out, byte[] whole) throws IOException {
    Object pause = new Object();
    for (byte each : whole) {
      out.write(each);
      out.flush();
      synchronized (pause) {
        try {
          pause.wait(DRIP_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
    }
  }

  private static byte[] http(int status, byte[] body) {
    String type = body.length == 0 ? "text/plain" : "text/xml; charset=utf-8";
    byte[] head =
        ascii(
            "HTTP/1.1 "
                + status
                + " Told\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n");
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void closeConnections() {
    open.forEach(
        connection -> {
          try {
            connection.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    listening.close();
    closeConnections();
  }
}
