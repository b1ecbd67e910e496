package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestPds;

/** PDS over HTTP answers as demographics must, and where it does not, nothing is concluded. */
class PdsLookUpIT extends DemographicsContract {

  private static final Duration GENEROUS = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final TestPds server = TestPds.open();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private Pds pds = pds(server.address(), GENEROUS);

  @AfterEach
  void close() {
    stalled.countDown();
    pds.close();
    server.close();
  }

  @Override
  Demographics knowing(DemographicPerson... people) {
    server.know(people);
    return pds;
  }

  @Test
  void givesEachRequestAnIdOfItsOwn() {
    answered(LUCJA, OLD, HIDDEN);

    assertThat(server.requestIds()).hasSize(3).doesNotHaveDuplicates();
    assertThat(server.requestIds()).allSatisfy(id -> assertThat(UUID.fromString(id)).isNotNull());
  }

  @Test
  void asksSeveralAtOnceButOnlySoMany() {
    server.know(
        numbers(100).stream().map(DemographicsContract::current).toArray(DemographicPerson[]::new));
    CountDownLatch four = new CountDownLatch(4);
    server.fail(
        exchange -> {
          four.countDown();
          await(four);
          return false;
        });

    assertThat(pds.lookUp(numbers(100))).isInstanceOf(LookUps.Answered.class);
    assertThat(server.mostUnderWay()).isEqualTo(4);
  }

  @Test
  void oneThatIsNotAnsweredInTimeLeavesAllUnavailable() {
    pds.close();
    pds = pds(server.address(), SHORT);
    server.know(current(LUCJA), current(OLD));
    server.fail(
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith(OLD.digits())) {
            await(stalled);
          }
          return false;
        });

    unavailable(LUCJA, OLD, HIDDEN);
  }

  @Test
  void anAnswerThatDripsIsNotWaitedForLongerThanTheDeadline() {
    pds.close();
    pds = pds(server.address(), SHORT);
    server.fail(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(stalled);
          return true;
        });

    unavailable(LUCJA);
  }

  @Test
  void anAnswerThatBreaksOffIsNone() {
    server.fail(
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("{\"resourceType\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          return true;
        });

    unavailable(LUCJA);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 404, 418, 500, 503})
  void anyOtherStatusIsNoAnswer(int status) {
    server.fail(
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.address().toString());
          TestPds.send(exchange, status, "");
          return true;
        });

    unavailable(LUCJA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>sign in</html>",
        "[]",
        "{}",
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"9990000019\"}",
        "{\"resourceType\":\"Bundle\",\"id\":\"9990000018\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"9990000018\",\"id\":\"9990000026\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"9990000018\"} {}",
        "{\"resourceType\":\"Patient\",\"id\":\"9990000026\",\"identifier\":"
            + "[{\"system\":\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"9990000018\"}]}",
        "{\"resourceType\":\"Patient\",\"id\":\"9990000018\",\"meta\":"
            + "{\"security\":[{\"code\":\"X\"}]}}"
      })
  void nothingIsConcludedFromABodyThatIsNoPatient(String body) {
    server.answer(LUCJA, body);

    unavailable(LUCJA);
  }

  @Test
  void anAnswerThatIsTooLongIsNotReadToItsEnd() {
    server.answer(LUCJA, "{\"padding\":\"" + "x".repeat(HttpCalls.MOST_ANSWER_BYTES) + "\"}");

    unavailable(LUCJA);
  }

  @Test
  void anAnswerToAnotherRequestIsNone() {
    server.fail(
        exchange -> {
          exchange.getResponseHeaders().set("X-Request-ID", UUID.randomUUID().toString());
          TestPds.send(exchange, 200, TestPds.patient(current(LUCJA)));
          return true;
        });

    unavailable(LUCJA);
  }

  @Test
  void whenPdsIsDownNothingIsConcludedUntilItIsBack() {
    server.know(current(LUCJA));
    server.stop();
    unavailable(LUCJA);

    server.startAgain();

    assertThat(answered(LUCJA)).containsOnlyKeys(LUCJA);
    assertThat(pds.fault()).isEmpty();
  }

  @Test
  void waitsAsLongAsItIsAskedToWhereThereIsTime() {
    server.know(current(LUCJA));
    AtomicInteger refused = new AtomicInteger();
    server.fail(
        exchange -> {
          if (refused.getAndIncrement() > 0) {
            return false;
          }
          exchange.getResponseHeaders().set("Retry-After", "1");
          TestPds.send(exchange, 429, "");
          return true;
        });
    long start = System.nanoTime();

    answered(LUCJA);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(refused).hasValue(2);
  }

  @Test
  void givesUpAtOnceWhereItIsAskedToWaitLongerThanThereIsTime() {
    AtomicInteger refused = new AtomicInteger();
    server.fail(
        exchange -> {
          refused.incrementAndGet();
          exchange.getResponseHeaders().set("Retry-After", "3600");
          TestPds.send(exchange, 429, "");
          return true;
        });

    unavailable(LUCJA);

    assertThat(refused).hasValue(1);
  }

  @Test
  void aPersonOfWhomPdsKnowsTooLittleMatchesNobody() {
    server.answer(
        LUCJA,
        "{\"resourceType\":\"Patient\",\"id\":\"9990000018\",\"meta\":"
            + "{\"security\":[{\"code\":\"U\"}]},\"birthDate\":\"2015-03\",\"name\":"
            + "[{\"use\":\"usual\",\"family\":\"Ó Briain\",\"given\":[\"Łucja\"]}]}");

    assertThat(answered(LUCJA)).isEqualTo(Map.of(LUCJA, new LookUp.Incomplete()));
  }

  @Test
  void somebodyVeryRestrictedIsSensitive() {
    server.answer(
        LUCJA,
        "{\"resourceType\":\"Patient\",\"id\":\"9990000018\",\"meta\":"
            + "{\"security\":[{\"code\":\"V\"}]}}");

    assertThat(answered(LUCJA)).isEqualTo(Map.of(LUCJA, new LookUp.Sensitive()));
  }

  @Test
  void asksOverTlsWhomItsRootsVouchForAndNobodyElse() {
    SSLContext server =
        TlsEndpoint.server(
                TestCertificates.all().of(Group.GATEWAY, "tls-server").keyMaterial(),
                TestCertificates.paths(),
                InstantSource.system(),
                refused -> {})
            .context();
    try (TestPds secure = TestPds.open(server);
        Pds believing = pds(secure.address(), List.of(TestCertificates.all().root()));
        Pds doubting = pds(secure.address(), List.of())) {
      secure.know(current(LUCJA));

      assertThat(believing.lookUp(Set.of(LUCJA))).isInstanceOf(LookUps.Answered.class);
      assertThat(doubting.lookUp(Set.of(LUCJA))).isEqualTo(new LookUps.Unavailable());
      assertThat(doubting.fault()).contains("TLS failed");
    }
  }

  private static Pds pds(URI address, List<Path> roots) {
    TlsEndpoint tls = TlsEndpoint.withoutCertificate(roots);
    return new Pds(
        new PdsSettings(address, GENEROUS, GENEROUS, 4),
        tls.context(),
        tls.parameters(),
        new NoTokens(),
        UUID::randomUUID);
  }

  @Test
  void theLogSaysWhyAndNamesNobody() {
    server.answer(LUCJA, "{\"resourceType\":\"Patient\",\"id\":\"9990000018\",,}");
    try (RecordedLog log = RecordedLog.of(Pds.class.getName())) {
      unavailable(LUCJA);

      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("CPG-PDS-UNAVAILABLE", "the answer is not JSON")
          .doesNotContain(LUCJA.digits());
    }
  }

  private Map<NhsNumber, LookUp> answered(NhsNumber... numbers) {
    return ((LookUps.Answered) pds.lookUp(Set.of(numbers))).byNumber();
  }

  private void unavailable(NhsNumber... numbers) {
    assertThat(pds.lookUp(Set.of(numbers))).isEqualTo(new LookUps.Unavailable());
    assertThat(pds.fault()).isPresent();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Pds pds(URI address, Duration deadline) {
    try {
      return new Pds(
          new PdsSettings(address, Duration.ofSeconds(5), deadline, 4),
          SSLContext.getDefault(),
          new SSLParameters(),
          new NoTokens(),
          UUID::randomUUID);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
