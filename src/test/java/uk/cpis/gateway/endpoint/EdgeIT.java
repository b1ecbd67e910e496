package uk.cpis.gateway.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestCertificates;

class EdgeIT {

  private static final int QUERY_LIMIT = 256 * 1024;
  private static final String KEPT_OPEN =
      "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>";

  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final CountDownLatch busy = new CountDownLatch(1);
  private final AtomicInteger judged = new AtomicInteger();
  private final List<String> counted = new CopyOnWriteArrayList<>();
  private Edge edge;

  @BeforeEach
  void open() {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            List.of(),
            new HttpSettings.Limits(50, 2, 2, new HttpSettings.PerSender(3, 2, 8)),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(10));
    TlsEndpoint tls =
        TlsEndpoint.server(
            certificate(Group.GATEWAY, "tls-server"),
            TestCertificates.paths(),
            InstantSource.system(),
            refused -> {});
    RefusalRecords records =
        new RefusalRecords(
            (message, sender, reason) -> {},
            note -> {},
            (certificate, cause) -> counted.add(cause));
    edge = Edge.open(settings, tls.context(), tls.parameters(), counted::add);
    edge.start(new Guard(settings, this::isShutOut, new RefusalLog(records), new Counting()));
  }

  private boolean isShutOut(X509Certificate certificate) {
    judged.incrementAndGet();
    return certificate.equals(certificate(Group.CLINICAL, "nhs111-tls").certificate());
  }

  @AfterEach
  void close() {
    mayAnswer.countDown();
    edge.close();
  }

  @Test
  void letsAMessageInOverTls12And13() throws IOException {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (RawHttps connection = connect("homerton-ed-tls", version)) {
        assertThat(connection.send(post("/query", "text/xml", "<a/>")).reply().text())
            .startsWith("HTTP/1.1 200")
            .endsWith("4 bytes");
        assertThat(connection.tlsVersion()).isEqualTo(version);
      }
    }
  }

  @Test
  void turnsAwayAStrangerInTheHandshake() {
    for (String bad : List.of("expired", "revoked", "unknown-ca", "server-only")) {
      assertThat(isAnswered(certificate(Group.BAD, bad))).as(bad).isFalse();
    }
    assertThat(isAnswered(certificate(Group.CLINICAL, "homerton-ed-tls"))).isTrue();
  }

  @Test
  void tellsTheOperatorWhoDoesNotSpeakTls() throws IOException {
    try (RecordedLog log = RecordedLog.of(HandshakeLog.class.getName());
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), edge.port())) {
      plain.getOutputStream().write("GET /query HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

      await()
          .untilAsserted(
              () ->
                  assertThat(log.messages())
                      .singleElement()
                      .asString()
                      .contains("code=TLS", "address=127.0.0.1"));
    }
  }

  @Test
  void answersOtherMethodsWith405() throws IOException {
    for (String method : List.of("GET", "PUT", "HEAD", "DELETE", "OPTIONS", "TRACE")) {
      assertThat(status(method + " /query HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .as(method)
          .isEqualTo(405);
    }
  }

  @Test
  void letsTheContractBeAskedFor() throws IOException {
    for (String query : List.of("wsdl", "WSDL", "xsd=types.xsd", "xsd=../xsd/types.xsd")) {
      assertThat(status("GET /query?" + query + " HTTP/1.0\r\n\r\n")).as(query).isEqualTo(200);
    }
  }

  @Test
  void answersOtherMediaTypesWith415() throws IOException {
    for (String type :
        List.of("application/json", "application/soap+xml", "multipart/related", "text/xmlish")) {
      assertThat(status(post("/query", type, "<a/>"))).as(type).isEqualTo(415);
    }
    assertThat(status("POST /query HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(415);
  }

  @Test
  void takesTextXmlHoweverItIsSpelt() throws IOException {
    for (String type :
        List.of(
            "text/xml", "text/xml; charset=utf-8", "Text/XML;charset=\"UTF-8\"", "text/xml ;a=b")) {
      assertThat(status(post("/query", type, "<a/>"))).as(type).isEqualTo(200);
    }
  }

  @Test
  void answersACompressedBodyWith415() throws IOException {
    String head = "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n";
    assertThat(status(head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"))
        .isEqualTo(415);
  }

  @Test
  void answersABodyBeyondTheLimitWith413() throws IOException {
    String largest = "a".repeat(QUERY_LIMIT);
    assertThat(status(post("/query", "text/xml", largest))).isEqualTo(200);
    assertThat(status(post("/query", "text/xml", largest + "a"))).isEqualTo(413);
    assertThat(counted).containsExactly("HTTP-413");
    assertThat(status(post("/submission", "text/xml", largest + "a"))).isEqualTo(200);
  }

  @Test
  void answersAChunkedBodyBeyondTheLimitWith413() throws IOException {
    String head =
        "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    assertThat(status(head + chunk.repeat(5) + "0\r\n\r\n")).isEqualTo(413);
  }

  @Test
  void answersABodyThatDripsWith408() throws IOException, InterruptedException {
    try (RawHttps connection = connect("homerton-ed-tls")) {
      connection.send("POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n");
      connection.send("Content-Length: 100\r\n\r\n");
      Thread drip = new Thread(() -> drip(connection));
      drip.start();
      assertThat(connection.reply().status()).isEqualTo(408);
      drip.join();
    }
  }

  @Test
  void answersUnknownPathsWith404() throws IOException {
    for (String path : List.of("/", "/query/", "/queries", "/services")) {
      assertThat(status(post(path, "text/xml", "<a/>"))).as(path).isEqualTo(404);
    }
  }

  @Test
  void asksASenderBackWhoseShareIsTaken() throws Exception {
    try (RawHttps first = connect("homerton-ed-tls")) {
      first.send(post("/query", "text/xml", "wait"));
      busy.await();

      RawHttps.Reply second = reply("homerton-ed-tls", post("/query", "text/xml", "<a/>"));
      RawHttps.Reply other = reply("nhs111-tls", post("/query", "text/xml", "<a/>"));

      assertThat(second.status()).isEqualTo(503);
      assertThat(second.text()).contains("Retry-After: ");
      assertThat(other.status()).isEqualTo(200);
      mayAnswer.countDown();
      assertThat(first.reply().status()).isEqualTo(200);
      assertThat(status(post("/query", "text/xml", "<a/>"))).isEqualTo(200);
    }
  }

  @Test
  void closesAConnectionTooManyOfOneSenderAndTakesTheNextWhenOneIsGone() throws IOException {
    List<RawHttps> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(answered(connect("homerton-ed-tls")));
    }

    assertThat(isAnswered(certificate(Group.CLINICAL, "homerton-ed-tls"))).isFalse();
    assertThat(isAnswered(certificate(Group.CLINICAL, "nhs111-tls"))).isTrue();

    open.get(0).close();
    await().until(() -> isAnswered(certificate(Group.CLINICAL, "homerton-ed-tls")));
    for (RawHttps each : open) {
      each.close();
    }
  }

  private static RawHttps answered(RawHttps connection) throws IOException {
    assertThat(connection.send(KEPT_OPEN).nextReply().status()).isEqualTo(200);
    return connection;
  }

  @Test
  void asksASenderBackWhoComesTooOftenOnTheSameConnection() throws IOException {
    try (RawHttps greedy = connect("homerton-ed-tls")) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        statuses.add(greedy.send(KEPT_OPEN).nextReply().status());
      }

      assertThat(statuses).containsOnly(200, 503);
      assertThat(statuses.subList(0, 16)).containsOnly(200);
      assertThat(reply("nhs111-tls", post("/query", "text/xml", "<a/>")).status()).isEqualTo(200);
    }
  }

  @Test
  void looksForWhoIsShutOutOnlyAmongThoseWhoDoNotComeTooOften() throws IOException {
    String contract = "GET /query?wsdl HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(reply("nhs111-tls", contract).status()).isEqualTo(403);
    judged.set(0);
    try (RawHttps greedy = connect("homerton-ed-tls")) {
      int given = 0;
      for (int i = 0; i < 200; i++) {
        given += greedy.send(contract).nextReply().status() == 200 ? 1 : 0;
      }

      assertThat(given).isLessThan(200);
      assertThat(judged).hasValue(given);
    }
  }

  @Test
  void saysNothingOfItselfNorOfWhatItWasSent() throws IOException {
    for (String request :
        List.of(
            post("/9990000018", "text/xml", "<a/>"),
            "POST /query HTTP/1.1\r\nHo st: 9990000018\r\n\r\n",
            "9990000018\r\n\r\n",
            "POST /query HTTP/1.1\r\nHost: x\r\nX: " + "9990000018".repeat(900) + "\r\n\r\n")) {
      assertThat(reply("homerton-ed-tls", request).text())
          .startsWith("HTTP/1.1 4")
          .doesNotContain("9990000018")
          .doesNotContainIgnoringCase("jetty")
          .doesNotContain("Server:");
    }
  }

  private static void drip(RawHttps connection) {
    try {
      for (int i = 0; i < 99; i++) {
        connection.send("a");
        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
      }
    } catch (IOException refused) {
      // The edge has closed the connection, which is what the test is about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAnswered(KeyMaterial certificate) {
    try (RawHttps connection = RawHttps.connect(edge.port(), certificate)) {
      return connection.send(post("/query", "text/xml", "<a/>")).reply().status() != 0;
    } catch (IOException | IllegalStateException brokenOff) {
      return false;
    }
  }

  private int status(String request) throws IOException {
    return reply("homerton-ed-tls", request).status();
  }

  private RawHttps.Reply reply(String certificate, String request) throws IOException {
    try (RawHttps connection = connect(certificate)) {
      return connection.send(request).reply();
    }
  }

  private RawHttps connect(String certificate, String... versions) {
    return RawHttps.connect(edge.port(), certificate(Group.CLINICAL, certificate), versions);
  }

  private static KeyMaterial certificate(Group group, String name) {
    return TestCertificates.all().of(group, name).keyMaterial();
  }

  private static String post(String path, String type, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Stands where the services stand: counts the bytes, and waits when it is told to. */
  private final class Counting extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String body = Content.Source.asString(request);
      if (body.equals("wait")) {
        busy.countDown();
        mayAnswer.await();
      }
      Content.Sink.write(response, true, body.length() + " bytes", callback);
      return true;
    }
  }
}
