package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** What an operator is told of a refusal when its caller rings up, as it is typed. */
class ExplainIT {

  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final String CHILD = "9990000018";

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void open() {
    gateway = TestGateway.open(folder);
    client = gateway.client(HOMERTON);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void explainsASignatureThatDoesNotFit() {
    TestMessage message = client.message(Interaction.QUERY, Queries.of(HOMERTON, CHILD));
    byte[] altered =
        new String(message.signed(HOMERTON.signingKeys(), gateway.clock()), StandardCharsets.UTF_8)
            .replace(CHILD, "9990000026")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(explained(client.send(message, altered)))
        .contains("CPG-706", "PART_ALTERED", "does not fit: Body", "after it was signed")
        .contains(HOMERTON.tls().fingerprint().hex(), "127.0.0.1");
  }

  @Test
  void explainsAStaleMessageByTheDifferenceOfTheClocks() {
    TestMessage message = client.message(Interaction.QUERY, Queries.of(HOMERTON, CHILD));
    InstantSource longAgo = () -> gateway.clock().instant().minus(Duration.ofHours(1));

    assertThat(explained(client.send(message, message.signed(HOMERTON.signingKeys(), longAgo))))
        .contains("CPG-705", "TIMESTAMP_EXPIRED", "Compare the clocks")
        .containsPattern("36[0-9]{2} s after it was created");
  }

  @Test
  void explainsInWhatTheThreeDisagree() {
    PlanQueryRequest query = Queries.of(HOMERTON, CHILD);
    query.setSystems(Queries.systems(TestSystem.nhs111().asid(), TestSystem.GATEWAY));

    assertThat(explained(client.send(Interaction.QUERY, query)))
        .contains("CPG-601", "SENDER_NOT_RECOGNISED")
        .contains(
            "TLS certificate of "
                + HOMERTON.asid()
                + ", signing certificate of "
                + HOMERTON.asid()
                + ", ASID "
                + TestSystem.nhs111().asid())
        .contains("systems.json");
  }

  @Test
  void explainsARefusalByARuleAndASchema() {
    PlanQueryRequest elsewhere = Queries.of(HOMERTON, CHILD);
    elsewhere.setSystems(Queries.systems(HOMERTON.asid(), new Asid("999999999999")));
    assertThat(explained(client.send(Interaction.QUERY, elsewhere)))
        .contains("CPG-602", "receiver 999999999999, ours is " + TestSystem.GATEWAY)
        .containsPattern("system +" + HOMERTON.asid());
    assertThat(explained(client.send(Interaction.QUERY, Queries.of(HOMERTON, "999000001x"))))
        .contains(
            "CPG-701",
            "cvc-",
            " at Body/planQueryRequest/nhsNumber",
            "Validate the sender's message")
        .doesNotContain("999000001x");
  }

  @Test
  void saysWhenNothingIsKnownAndWhatAnIdLooksLike() {
    assertThat(typed("explain", "00000000-0000-4000-8000-000000000000").ended(1))
        .contains("Nothing is known of that id");
    assertThat(typed("explain", CHILD).ended(2))
        .contains("ID is a reference or message id")
        .doesNotContain(CHILD + "'");
  }

  @Test
  void countsRefusalsByMinuteCauseAndCertificate() {
    TestMessage message = client.message(Interaction.QUERY, Queries.of(HOMERTON, CHILD));
    client.send(message, message.bare());
    client.send(
        message,
        message.signed(HOMERTON.signingKeys(), gateway.clock()),
        "Content-Encoding",
        "gzip");

    assertThat(typed("refusals").done())
        .containsPattern(" 1 +ENVELOPE +[0-9a-f]{64}")
        .contains("HTTP-415", HOMERTON.tls().fingerprint().hex())
        .doesNotContain(CHILD);
  }

  private static String explained(TestReply reply) {
    String text = typed("explain", reply.fault().reference()).done();
    assertThat(text).contains(reply.fault().reference()).doesNotContain(CHILD, "9990000026");
    return text;
  }

  private static Typed typed(String... command) {
    Stream<String> where = Stream.of("--operations", gateway.gateway().operations().toString());
    return Typed.of(Stream.concat(Stream.of(command), where).toArray(String[]::new));
  }
}
