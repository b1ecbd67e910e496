package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** Every bad message gets a clear refusal, reaches no service, and is seen by the operator. */
class RefusalsIT {

  private static final String NUMBER = "9990000018";

  private static OpenDoors doors;

  private final TestSystem homerton = TestSystem.homerton();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger gatewayLog = (Logger) LoggerFactory.getLogger("uk.cpis.gateway");
  private TestClient client;

  @BeforeAll
  static void open() {
    doors = OpenDoors.open();
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void listen() {
    doors.arrived.clear();
    doors.audited.clear();
    client = doors.client(homerton);
    log.start();
    gatewayLog.addAppender(log);
  }

  @AfterEach
  void nothingOfTheChildIsInTheLog() {
    gatewayLog.detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(NUMBER) || line.contains("Briain"));
  }

  @Test
  void refusesAnUnsignedMessage() {
    TestReply reply = sendChanged(xml -> xml.replaceAll("(?s)<ds:Signature.*</ds:Signature>", ""));

    assertThat(refusal(reply).codes()).containsExactly("CPG-706");
  }

  @Test
  void refusesAMessageWithoutAnyHeader() {
    TestMessage message = query();

    TestReply reply = client.send(message, message.bare());

    assertThat(refusal(reply).codes()).containsExactly("201", "CPG-702");
  }

  @Test
  void refusesAMessageSignedByAnUntrustedCertificate() {
    TestMessage message = query();

    TestReply reply = client.send(message, message.signed(bad("expired"), OpenDoors.CLOCK));

    assertThat(refusal(reply).codes()).containsExactly("CPG-706");
  }

  @Test
  void refusesAMessageSignedByAnotherSystem() {
    TestMessage message = query();

    TestReply reply =
        client.send(message, message.signed(TestSystem.nhs111().signingKeys(), OpenDoors.CLOCK));

    assertThat(refusal(reply).codes()).containsExactly("CPG-601");
  }

  @Test
  void refusesAMessageThatWasChangedAfterItWasSigned() {
    TestReply reply = sendChanged(xml -> xml.replace(NUMBER, "9990000026"));

    assertThat(refusal(reply).codes()).containsExactly("CPG-706");
  }

  @Test
  void refusesAnUnregisteredSystem() {
    TestSystem stranger =
        new TestSystem(
            homerton.system(),
            TestCertificates.all().of(Group.BAD, "unregistered"),
            TestCertificates.all().of(Group.BAD, "unregistered"));

    TestReply reply = doors.client(stranger).send(Interaction.QUERY, Queries.of(homerton, NUMBER));

    assertThat(refusal(reply).codes()).containsExactly("CPG-601");
    assertThat(doors.audited).isEmpty();
  }

  @Test
  void refusesAnotherSystemsAsid() {
    PlanQueryRequest query = Queries.of(homerton, NUMBER);
    query.setSystems(Queries.systems(TestSystem.nhs111().asid(), TestSystem.GATEWAY));

    assertThat(refusal(client.send(Interaction.QUERY, query)).codes()).containsExactly("CPG-601");
  }

  @Test
  void refusesAMessageToAnotherReceiver() {
    PlanQueryRequest query = Queries.of(homerton, NUMBER);
    query.setSystems(Queries.systems(homerton.asid(), new Asid("999999999999")));

    assertThat(refusal(client.send(Interaction.QUERY, query)).codes()).containsExactly("CPG-602");
    assertThat(doors.audited).containsExactly(RejectionReason.WRONG_RECEIVER);
  }

  @Test
  void refusesAMessageToAnotherAddress() {
    TestReply reply = client.send(query().to("https://live.example.org/query"));

    assertThat(refusal(reply).codes()).containsExactly("201", "CPG-702");
  }

  @Test
  void refusesABodyThatTheSchemaDoesNotTake() {
    for (String wrong : new String[] {"999000001", "999000001x", "９９９００００018", " 9990000018"}) {
      TestReply reply = client.send(Interaction.QUERY, Queries.of(homerton, wrong));

      TestReply.Fault fault = refusal(reply);
      assertThat(fault.codes()).as(wrong).containsExactly("201", "CPG-701");
      assertThat(reply.text())
          .doesNotContain(wrong)
          .contains("location>Body/planQueryRequest/nhsNumber<");
    }
  }

  @Test
  void refusesABodyWithAnElementTooFew() {
    PlanQueryRequest query = Queries.of(homerton, NUMBER);
    query.setActivityCode(null);

    assertThat(refusal(client.send(Interaction.QUERY, query)).codes())
        .containsExactly("201", "CPG-701");
  }

  @Test
  void refusesAWrongCheckDigit() {
    TestReply reply = client.send(Interaction.QUERY, Queries.of(homerton, "9990000019"));

    assertThat(refusal(reply).codes()).containsExactly("201", "CPG-608");
    assertThat(doors.audited).containsExactly(RejectionReason.NHS_NUMBER_NOT_VALID);
  }

  @Test
  void refusesAStoredMessageWithItsOldTimestamp() {
    TestMessage message = query();
    InstantSource longAgo = () -> OpenDoors.CLOCK.instant().minus(Duration.ofHours(1));

    TestReply reply = client.send(message, message.signed(homerton.signingKeys(), longAgo));

    TestReply.Fault fault = refusal(reply);
    assertThat(fault.codes()).containsExactly("CPG-705");
    assertThat(fault.text()).contains("Timestamp");
  }

  @Test
  void refusesASoapActionThatSaysSomethingElse() {
    TestMessage message = query();

    TestReply reply =
        client.send(
            message,
            message.signed(homerton.signingKeys(), OpenDoors.CLOCK),
            "Content-Type",
            "text/xml",
            "SOAPAction",
            "\"" + Interaction.UPDATE.action() + "\"");

    assertThat(refusal(reply).codes()).containsExactly("201", "CPG-702");
  }

  @Test
  void refusesWhatIsNotXml() {
    for (String wrong : new String[] {"not xml", "", "<a>", "<a></b>", "{}", "<a>&#0;</a>"}) {
      TestReply reply = client.send(query(), wrong.getBytes(StandardCharsets.UTF_8));

      assertThat(refusal(reply).codes()).as(wrong).containsExactly("201", "CPG-702");
    }
  }

  @Test
  void refusesADocumentType() {
    TestReply reply =
        sendChanged(
            xml ->
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
                    + xml.replaceFirst("<\\?xml[^>]*\\?>", ""));

    assertThat(refusal(reply).codes()).containsExactly("201", "CPG-702");
    assertThat(reply.text()).doesNotContain("root:");
  }

  @Test
  void refusesSoap12() {
    TestReply reply =
        sendChanged(
            xml ->
                xml.replace(
                    "http://schemas.xmlsoap.org/soap/envelope/",
                    "http://www.w3.org/2003/05/soap-envelope"));

    TestReply.Fault fault = refusal(reply);
    assertThat(fault.code()).endsWith("VersionMismatch");
    assertThat(fault.codes()).containsExactly("201", "CPG-703");
  }

  @Test
  void refusesABodyBeyondTheLimit() {
    TestMessage message = query();

    TestReply reply = client.send(message, new byte[300 * 1024]);

    assertThat(reply.status()).isEqualTo(413);
    isLogged("HTTP-413");
  }

  @Test
  void refusesOtherWaysToSend() {
    TestMessage message = query();

    assertThat(client.get("/query").statusCode()).isEqualTo(405);
    assertThat(client.send(message, message.bare(), "Content-Type", "application/json").status())
        .isEqualTo(415);
    assertThat(
            client
                .send(
                    message, message.bare(), "Content-Type", "text/xml", "Content-Encoding", "gzip")
                .status())
        .isEqualTo(415);
    isLogged("HTTP-405");
    isLogged("HTTP-415");
  }

  @Test
  void tellsWhatAServiceRefuses() {
    doors.answer = query -> new QueryOutcome.Refused(RejectionReason.BUSY);

    TestReply reply = client.send(query());

    TestReply.Fault fault = reply.fault();
    assertThat(fault.code()).endsWith("Server");
    assertThat(fault.codes()).containsExactly("200", "CPG-613");
    isLogged("cause=BUSY");
  }

  @Test
  void saysNothingOfWhatBroke() {
    doors.answer =
        query -> {
          throw new IllegalArgumentException("secret " + query.person().digits());
        };

    TestReply reply = client.send(query());

    assertThat(reply.status()).isEqualTo(500);
    TestReply.Fault fault = reply.fault();
    assertThat(fault.codes()).containsExactly("200", "CPG-801");
    assertThat(reply.text()).doesNotContain("secret", "Exception", "uk.cpis");
    assertThat(lines()).anyMatch(line -> line.contains(fault.reference()));
    assertThat(lines()).anyMatch(line -> line.contains("IllegalArgumentException"));
    assertThat(lines()).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void readsOtherEncodings() {
    doors.answer = query -> new QueryOutcome.Refused(RejectionReason.BUSY);
    byte[] utf16 =
        new String(signed(query()), StandardCharsets.UTF_8)
            .replace("UTF-8", "UTF-16")
            .getBytes(StandardCharsets.UTF_16);

    TestReply reply = client.send(query(), utf16, "Content-Type", "text/xml; charset=utf-16");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(doors.arrived).hasSize(1);
  }

  private TestMessage query() {
    return client.message(Interaction.QUERY, Queries.of(homerton, NUMBER));
  }

  private byte[] signed(TestMessage message) {
    return message.signed(homerton.signingKeys(), OpenDoors.CLOCK);
  }

  private TestReply sendChanged(UnaryOperator<String> change) {
    TestMessage message = query();
    Charset utf8 = StandardCharsets.UTF_8;
    return client.send(message, change.apply(new String(signed(message), utf8)).getBytes(utf8));
  }

  private static KeyMaterial bad(String name) {
    return TestCertificates.all().of(Group.BAD, name).keyMaterial();
  }

  /** The signed fault; nothing reached a service, and the operator can find it by its reference. */
  private TestReply.Fault refusal(TestReply reply) {
    assertThat(reply.status()).isEqualTo(500);
    TestReply.Fault fault = reply.fault();
    assertThat(doors.arrived).isEmpty();
    assertThat(lines()).anyMatch(line -> line.contains(fault.reference()));
    assertThat(reply.text()).doesNotContain("Exception", "org.apache", "cvc-", NUMBER);
    return fault;
  }

  private void isLogged(String text) {
    assertThat(lines()).anyMatch(line -> line.contains(text));
    assertThat(doors.arrived).hasSizeLessThanOrEqualTo(1);
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
