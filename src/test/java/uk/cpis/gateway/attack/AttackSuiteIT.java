package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestReply;

/**
 * Sends every attack of the suite to the whole gateway. First the unmodified message passes; then
 * the hostile one is refused for what it is, quickly, without a row in the store, a call to the
 * canary or a word too much. The next attack begins with an honest message, so that it is seen to
 * be answered.
 */
class AttackSuiteIT {

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  /**
   * Every one is sent with {@code -Dattacks=all}, those with a word (or a pattern) in their names
   * with {@code -Dattacks=soap}; otherwise every sixth of each class, and twelve of it at least.
   */
  private static final String CHOSEN = System.getProperty("attacks", "some");

  private static final int EACH = 6;
  private static final int AT_LEAST = 12;

  private static final int ENDED = -1;
  private static final int ALERT = 0x15;

  @TempDir private static Path folder;
  private static Target target;

  private record Sent(TestReply reply, Duration time) {}

  @BeforeAll
  static void open() {
    target = Target.open(folder);
  }

  @AfterAll
  static void close() throws IOException {
    target.close();
  }

  @TestFactory
  Stream<DynamicTest> refusesEachAttack() {
    List<DynamicTest> tests = new ArrayList<>();
    int turn = 0;
    for (Attack attack : chosen(CHOSEN)) {
      for (Kind kind : kinds(attack, turn++)) {
        tests.add(DynamicTest.dynamicTest(attack + " (" + kind + ")", () -> attack(attack, kind)));
      }
    }
    return tests.stream();
  }

  private static List<Attack> chosen(String which) {
    return switch (which) {
      case "all" -> Suite.all();
      case "some" ->
          Suite.all().stream().collect(Collectors.groupingBy(Attack::group)).values().stream()
              .flatMap(AttackSuiteIT::some)
              .toList();
      default -> {
        Predicate<String> names = Pattern.compile(which).asPredicate();
        yield Suite.all().stream().filter(each -> names.test(each.toString())).toList();
      }
    };
  }

  private static Stream<Attack> some(List<Attack> ofClass) {
    int step = Math.max(1, Math.min(EACH, ofClass.size() / AT_LEAST));
    return IntStream.range(0, ofClass.size())
        .filter(place -> place % step == 0)
        .mapToObj(ofClass::get);
  }

  @Test
  void sendsManyAndSomeOfEachClassInTheOrdinaryRun() {
    List<Attack> ordinary = chosen("some");
    Map<String, Long> ofEach =
        ordinary.stream().collect(Collectors.groupingBy(Attack::group, Collectors.counting()));

    assertThat(ordinary).hasSizeGreaterThanOrEqualTo(150);
    assertThat(ofEach.values()).hasSize(14).allMatch(count -> count >= 5);
  }

  @TestFactory
  Stream<DynamicTest> refusesEachMisuseOfHttp() {
    HttpProbes probes = new HttpProbes();
    return Stream.of(
            tests(probes.refused(), writing -> misused(writing, false)),
            tests(probes.unfinished(), writing -> misused(writing, true)),
            tests(probes.harmless(), AttackSuiteIT::harmless))
        .flatMap(Function.identity());
  }

  private static Stream<DynamicTest> tests(
      Map<String, HttpProbes.Writing> probes, Consumer<HttpProbes.Writing> test) {
    return probes.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> test.accept(each.getValue())));
  }

  private static void misused(HttpProbes.Writing writing, boolean ends) {
    Draft draft = Draft.of(Kind.QUERY, target.address());
    passes(Draft.of(Kind.QUERY, target.address()));
    Map<String, Long> before = target.rows();
    RawHttps.Reply reply = exchanged(writing.apply(draft, target.canary()), ends);
    assertThat(reply.text()).doesNotContain("HTTP/1.1 2", "HTTP/1.1 101", "HTTP/1.1 503");
    assertThat(target.rows()).isEqualTo(before);
    saysNothing(reply);
  }

  private static void harmless(HttpProbes.Writing writing) {
    RawHttps.Reply reply =
        exchanged(writing.apply(Draft.of(Kind.QUERY, target.address()), target.canary()), false);
    assertThat(reply.text().split("HTTP/1.1 ", -1)).hasSizeLessThanOrEqualTo(2);
    assertThat(reply.text()).doesNotContain("HTTP/1.1 101", "HTTP/1.1 503");
    saysNothing(reply);
  }

  /** The same message again, in whatever clothes, has no second effect, nor after a restart. */
  @Test
  void actsOnceOnAMessageThatIsSentAgain() throws IOException {
    Draft draft = Draft.of(Kind.QUERY, target.address());
    String signed = draft.signed();
    passes(draft, Hostile.of(signed));
    Map<String, Long> once = effects();

    for (Hostile again : Replays.of(draft, signed)) {
      TestReply reply = target.send(draft, again);
      tellsNothing(reply);
      assertThat(reply.status()).isIn(200, 500);
      assertThat(effects()).isEqualTo(once);
    }
    target.reopen();
    for (Hostile again : Replays.of(draft, signed)) {
      assertThat(target.send(draft, again).status()).isIn(200, 500);
      assertThat(effects()).isEqualTo(once);
    }
    passes(Draft.of(Kind.QUERY, target.address()));
    assertThat(effects()).isNotEqualTo(once);
  }

  /** A repeat is audited, and is no access. */
  private static Map<String, Long> effects() {
    Map<String, Long> effects = new TreeMap<>(target.rows());
    effects.keySet().removeIf(rows -> rows.startsWith("audit_record"));
    return effects;
  }

  private static RawHttps.Reply exchanged(String request, boolean ends) {
    try (RawHttps connection = RawHttps.connect(target.port(), Kind.QUERY.system().tlsKeys())) {
      connection.send(request.getBytes(StandardCharsets.UTF_8));
      return (ends ? connection.end() : connection).reply();
    } catch (IOException closedOn) {
      return new RawHttps.Reply(0, "");
    }
  }

  private static void saysNothing(RawHttps.Reply reply) {
    assertThat(reply.text()).doesNotContain(Expected.NEVER_TOLD).doesNotContain("Server:");
    assertThat(target.canary().callers()).isZero();
  }

  @TestFactory
  Stream<DynamicTest> refusesEachMisuseOfTls() {
    return Handshakes.all().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> leadsNowhere(each.getValue())));
  }

  /** An alert, or nothing, and the connection is closed; never a hello of the server's. */
  private static void leadsNowhere(byte[] beginning) throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
      plain.setSoTimeout(20_000);
      plain.getOutputStream().write(beginning);
      plain.shutdownOutput();
      assertThat(firstOf(plain)).isIn(ENDED, ALERT);
    }
    passes(Draft.of(Kind.QUERY, target.address()));
  }

  private static int firstOf(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return ENDED;
    }
  }

  @Test
  void letsNobodyBeginAnewOnAConnection() throws IOException {
    TlsEndpoint tls =
        TlsEndpoint.client(
            Kind.QUERY.system().tlsKeys(),
            TestCertificates.paths(),
            InstantSource.system(),
            refused -> {});
    try (SSLSocket socket =
        (SSLSocket) tls.context().getSocketFactory().createSocket("127.0.0.1", target.port())) {
      SSLParameters parameters = tls.parameters();
      parameters.setProtocols(new String[] {"TLSv1.2"});
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(20_000);
      socket.startHandshake();
      assertThatIOException()
          .isThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
                throw new IOException("closed");
              });
    }
    passes(Draft.of(Kind.QUERY, target.address()));
  }

  @Test
  void answersNobodyWithoutACertificate() throws Exception {
    SSLContext believing = SSLContext.getInstance("TLS");
    believing.init(null, new TrustManager[] {new Believing()}, new java.security.SecureRandom());
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLSocket socket =
          (SSLSocket) believing.getSocketFactory().createSocket("127.0.0.1", target.port())) {
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(20_000);
        assertThatIOException()
            .isThrownBy(
                () -> {
                  socket.startHandshake();
                  socket.getOutputStream().write("GET /query?wsdl HTTP/1.0\r\n\r\n".getBytes());
                  if (socket.getInputStream().read() < 0) {
                    throw new IOException("closed");
                  }
                });
      }
    }
  }

  private static final class Believing extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Of the messages it can be made of, one in turn; of a query, too, where places matter. */
  private static Set<Kind> kinds(Attack attack, int turn) {
    List<Kind> able = new ArrayList<>(attack.kinds());
    Set<Kind> chosen = new LinkedHashSet<>();
    if (attack.group().equals(WrappingAttacks.GROUP)) {
      chosen.add(able.get(0));
    }
    chosen.add(able.get(turn % able.size()));
    return chosen;
  }

  private static void attack(Attack attack, Kind kind) {
    passes(Draft.of(kind, target.address()));
    Duration best = null;
    for (int i = 0; i < TRIES && (best == null || best.compareTo(A_SECOND) >= 0); i++) {
      Duration time = refused(attack, Draft.of(kind, target.address()));
      best = best == null || time.compareTo(best) < 0 ? time : best;
    }
    assertThat(best).as("the time it took").isLessThan(A_SECOND);
  }

  private static Duration refused(Attack attack, Draft draft) {
    Hostile hostile = attack.making().of(draft, target.canary());
    mustBeWhatItSays(attack.expected(), draft, hostile);
    Map<String, Long> before = target.rows();
    Sent sent = send(draft, hostile);
    boolean harmless =
        attack.expected() instanceof Expected.Harmless && sent.reply().status() == 200;
    if (!harmless) {
      mustBeRefused(attack.expected(), sent.reply());
      assertThat(target.rows()).isEqualTo(before);
    }
    tellsNothing(sent.reply());
    assertThat(target.canary().callers()).as("calls to the canary").isZero();
    return sent.time();
  }

  /** The verifier alone refuses it for the cause that the attack is about. */
  private static void mustBeWhatItSays(Expected expected, Draft draft, Hostile hostile) {
    if (expected instanceof Expected.Fault fault) {
      assertThat(target.judge().cause(draft.kind(), draft.message().to(), hostile))
          .get()
          .isIn(fault.causes());
    } else if (expected instanceof Expected.Code) {
      assertThat(target.judge().cause(draft.kind(), draft.message().to(), hostile)).isEmpty();
    }
  }

  private static void mustBeRefused(Expected expected, TestReply reply) {
    if (expected instanceof Expected.Http http) {
      assertThat(reply.status()).isIn(http.statuses());
    } else {
      assertThat(reply.status()).as(reply.text()).isEqualTo(500);
      Set<String> codes = target.judge().codes(reply);
      if (expected instanceof Expected.Fault fault) {
        assertThat(codes).containsAnyElementsOf(Expected.codes(fault.causes()));
      } else if (expected instanceof Expected.Code code) {
        assertThat(codes).containsAnyElementsOf(code.codes());
      }
    }
  }

  private static void passes(Draft draft) {
    passes(draft, Hostile.of(draft.signed()));
  }

  private static void passes(Draft draft, Hostile unmodified) {
    TestReply reply = target.send(draft, unmodified);
    assertThat(reply.status()).as("of the unmodified message: " + reply.text()).isEqualTo(200);
  }

  private static Sent send(Draft draft, Hostile hostile) {
    long start = System.nanoTime();
    TestReply reply = target.send(draft, hostile);
    return new Sent(reply, Duration.ofNanos(System.nanoTime() - start));
  }

  private static void tellsNothing(TestReply reply) {
    String all =
        new String(reply.bytes(), StandardCharsets.ISO_8859_1) + reply.headers().map().toString();
    assertThat(all).doesNotContain(Expected.NEVER_TOLD);
    if (reply.status() != 200) {
      assertThat(all).doesNotContain("9990000018", "9990000026", ">TWH<", "Briain", "020 7946");
    }
  }
}
