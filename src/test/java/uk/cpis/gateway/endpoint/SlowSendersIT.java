package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.TestCertificates;

/** Bytes that drip keep the server's idle time-out away for ever; they do not keep this away. */
class SlowSendersIT {

  private static final int DRIPS = 200;
  private static final String ASKED =
      "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>";

  private final CountDownLatch waiting = new CountDownLatch(1);
  private volatile boolean locked;
  private Edge edge;

  @BeforeEach
  void open() {
    edge = open(Duration.ofSeconds(2), Duration.ofSeconds(2), new Answering());
  }

  private Edge open(Duration body, Duration idle, Handler inside) {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            List.of(),
            new HttpSettings.Limits(50, 8, 8, new HttpSettings.PerSender(20, 8, 1_000)),
            Duration.ofSeconds(2),
            body,
            idle);
    TlsEndpoint tls =
        TlsEndpoint.server(
            key(Group.GATEWAY, "tls-server"),
            TestCertificates.paths(),
            InstantSource.system(),
            refused -> {});
    RefusalRecords records =
        new RefusalRecords((message, sender, reason) -> {}, note -> {}, (certificate, cause) -> {});
    Edge edge = Edge.open(settings, tls.context(), tls.parameters(), refused -> {});
    edge.start(new Watching(new Guard(settings, new RefusalLog(records), inside)));
    return edge;
  }

  @AfterEach
  void close() {
    edge.close();
  }

  @Test
  void closesAConnectionWhoseHandshakeDrips() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      byte[] beginning = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
      assertThatIOException()
          .isThrownBy(
              () -> {
                for (int i = 0; i < DRIPS; i++) {
                  socket.getOutputStream().write(i < beginning.length ? beginning[i] : 0);
                  pause();
                }
              });
    }
  }

  @Test
  void closesAConnectionThatSaysNothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      socket.setSoTimeout(60_000);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void closesAConnectionWhoseHeadDrips() throws IOException {
    try (RawHttps connection = connect()) {
      connection.send("POST /query HTTP/1.1\r\nHost: x\r\n");
      assertThatIOException().isThrownBy(() -> drip(connection, "X-A: b\r\n"));
    }
  }

  @Test
  void closesAConnectionWhoseNextHeadDrips() throws IOException {
    try (RawHttps connection = connect()) {
      assertThat(connection.send(ASKED).nextReply().status()).isEqualTo(200);
      assertThatIOException().isThrownBy(() -> drip(connection, "P"));
    }
  }

  @Test
  void closesAConnectionWhoseBodyDrips() throws IOException {
    try (RawHttps connection = connect()) {
      connection.send(ASKED.replace("Length: 4", "Length: 4000"));
      assertThatIOException().isThrownBy(() -> drip(connection, "x"));
    }
  }

  @Test
  void answersABodyThatFallsSilentWhenItsTimeIsUpHoweverLongAConnectionMayBeIdle()
      throws IOException {
    edge.close();
    edge = open(Duration.ofSeconds(1), Duration.ofMinutes(5), new Answering());
    for (String length : List.of("4000", "400000000")) {
      try (RawHttps connection = connect()) {
        connection.send(ASKED.replace("Length: 4", "Length: " + length));
        assertThat(connection.nextReply().status()).isIn(408, 413);
      }
    }
    try (RawHttps connection = connect()) {
      assertThat(connection.send(ASKED).nextReply().status()).isEqualTo(200);
    }
  }

  @Test
  void waitsForABodyWithoutALockThatTheWorkOfTheRequestWouldHold() throws Exception {
    try (RawHttps connection = connect()) {
      connection.send(ASKED.replace("<a/>", ""));
      waiting.await();
      assertThat(connection.send("<a/>").nextReply().status()).isEqualTo(200);
    }
    assertThat(locked).isFalse();
  }

  @Test
  void closesAConnectionThatTakesItsAnswerSlowlyHoweverSteadily() throws IOException {
    edge.close();
    edge = open(Duration.ofSeconds(2), Duration.ofSeconds(2), new Flooding());
    try (RawHttps connection = connect()) {
      connection.send(ASKED);
      long taken = 0;
      int some = 1;
      for (int i = 0; some > 0; i++) {
        some = connection.some(64 * 1024);
        taken += some;
        if (i < 30) {
          pause();
        }
      }
      assertThat(taken).isLessThan(Flooding.BYTES);
    } catch (IOException reset) {
      assertThat(reset).isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void servesAConnectionForLongerThanThat() throws IOException {
    try (RawHttps connection = connect()) {
      for (int i = 0; i < 30; i++) {
        assertThat(connection.send(ASKED).nextReply().status()).isEqualTo(200);
        pause();
      }
    }
  }

  @Test
  void answersOthersWhileManyDrip() throws IOException {
    Socket[] slow = new Socket[30];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new Socket(InetAddress.getLoopbackAddress(), edge.port());
      slow[i].getOutputStream().write(0x16);
    }
    try (RawHttps connection = connect()) {
      assertThat(connection.send(ASKED).nextReply().status()).isEqualTo(200);
    }
    for (Socket each : slow) {
      each.close();
    }
  }

  private static void drip(RawHttps connection, String piece) throws IOException {
    for (int i = 0; i < DRIPS; i++) {
      connection.send(piece);
      pause();
    }
  }

  /** The time itself is what is tested: a byte every tenth of a second. */
  private static void pause() {
    try {
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RawHttps connect() {
    return RawHttps.connect(edge.port(), key(Group.CLINICAL, "homerton-ed-tls"));
  }

  private static KeyMaterial key(Group group, String name) {
    return TestCertificates.all().of(group, name).keyMaterial();
  }

  /** Looks who waits for more: what arrives meanwhile may be worked on from within the demand. */
  private final class Watching extends Handler.Wrapper {
    Watching(Handler inside) {
      super(inside);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return super.handle(new Watched(request), response, callback);
    }
  }

  private final class Watched extends Request.Wrapper {
    Watched(Request request) {
      super(request);
    }

    @Override
    public void demand(Runnable more) {
      locked |= Thread.holdsLock(more);
      super.demand(more);
      waiting.countDown();
    }
  }

  private static final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Content.Sink.write(response, true, Content.Source.asString(request), callback);
      return true;
    }
  }

  /** Answers with much more than the network holds for a caller. */
  private static final class Flooding extends Handler.Abstract {
    static final int BYTES = 64 * 1024 * 1024;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.write(true, ByteBuffer.allocate(BYTES), callback);
      return true;
    }
  }
}
