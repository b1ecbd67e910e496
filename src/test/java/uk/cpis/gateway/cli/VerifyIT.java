package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestSystem;

/** A captured message held against a configuration, as it is typed; no gateway runs. */
class VerifyIT {

  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final String CHILD = "9990000018";
  private static final InstantSource NOW = InstantSource.system();

  @TempDir private static Path folder;
  private static Path configuration;
  private static List<String> before;

  @BeforeAll
  static void write() throws IOException {
    configuration =
        new GatewayFolder(
                List.of(HOMERTON, TestSystem.nhs111(), TestSystem.towerHamlets()),
                List.of(),
                Map.of("cpis.http.addresses", "https://localhost:8443"))
            .write(folder);
    before = files();
  }

  @Test
  void passesWhatTheGatewayWouldServeAndOpensNothing() throws IOException {
    assertThat(verified(signed(query())).done())
        .contains("As a message to the endpoint query:", "ok           the signature fits")
        .contains("ok           signed part Body: digest fits")
        .contains(
            "ok           signer and ASID are of one registered system: ", "It would be served")
        .doesNotContain("REFUSED", "not reached", CHILD);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void saysWhichSignedPartWasAltered() throws IOException {
    String altered = signed(query()).replace(CHILD, "9990000026");

    assertThat(verified(altered).ended(1))
        .contains("REFUSED      signed part Body: digest altered")
        .contains("ok           signed part Timestamp: digest fits")
        .contains("REFUSED      the signature fits: PART_ALTERED")
        .contains("ok           the Body conforms to the schema", "It would be refused");
  }

  @Test
  void goesOnAfterAStaleTimestampAndServesItAsOfItsTime() throws IOException {
    Instant longAgo = NOW.instant().minusSeconds(7_200);
    String old = signed(query(), InstantSource.fixed(longAgo));

    assertThat(verified(old).ended(1))
        .contains("REFUSED      the Timestamp is fresh: TIMESTAMP_EXPIRED", "Compare the clocks")
        .contains("ok           the signature fits");
    assertThat(verified(old, "--at", longAgo.toString()).done()).contains("It would be served");
    assertThat(verified(old, "--at", "yesterday").ended(2)).contains("--at takes a time such as");
  }

  @Test
  void readsAWholeHttpRequestAndItsSoapAction() throws IOException {
    String message = signed(query());
    String head =
        "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n"
            + "SOAPAction: \"%s\"\r\n\r\n";

    assertThat(verified(head.formatted(Interaction.QUERY.action()) + message).done())
        .contains("It would be served");
    assertThat(verified(head.formatted(Interaction.UPDATE.action()) + message).ended(1))
        .contains("REFUSED      address, action and body agree: SOAP_ACTION");
  }

  @Test
  void saysWhatIsWrongBesideTheSignature() throws IOException {
    PlanQueryRequest wrong = Queries.of(HOMERTON, "99900000x8");
    assertThat(verified(signed(TestMessage.of(Interaction.QUERY, wrong, to("query")))).ended(1))
        .contains(
            "REFUSED      the Body conforms to the schema: cvc-",
            " at Body/planQueryRequest/nhsNumber");

    PlanQueryRequest claimed = Queries.of(HOMERTON, CHILD);
    claimed.setSystems(Queries.systems(TestSystem.nhs111().asid(), TestSystem.GATEWAY));
    assertThat(verified(signed(TestMessage.of(Interaction.QUERY, claimed, to("query")))).ended(1))
        .contains("REFUSED      signer and ASID are of one registered system: claimed ASID ");

    PlanUpdateRequest update =
        Submissions.update(
            TestSystem.towerHamlets(),
            1,
            "020 7946 0001",
            Submissions.record(
                TestGateway.LUCJA, PlanType.CHILD_PROTECTION, LocalDate.of(2026, 1, 1)));
    update.setSystems(Queries.systems(HOMERTON.asid(), TestSystem.GATEWAY));
    assertThat(
            verified(signed(TestMessage.of(Interaction.UPDATE, update, to("submission")))).ended(1))
        .contains("As a message to the endpoint submission:")
        .contains("REFUSED      the sender's rights: INTERACTION_NOT_ALLOWED");
    assertThat(verified("<a/>").ended(1))
        .contains("REFUSED      the envelope: ENVELOPE", "not reached  the signature fits");
  }

  @Test
  void saysWhenThereIsNoSuchFile() {
    assertThat(Typed.of("verify", "absent.xml", "--config", configuration.toString()).ended(1))
        .contains("verify: there is no file absent.xml");
  }

  @Test
  void endsWithThreeWhenTheRegistrationOrTheOwnTrustHasFaults(@TempDir Path own)
      throws IOException {
    Path anchors = own.resolve("anchors.pem");
    Files.writeString(anchors, "no certificate");
    Path message = own.resolve("message.xml");
    Files.writeString(message, signed(query()));
    Path config =
        new GatewayFolder(
                List.of(HOMERTON), List.of(), Map.of("cpis.trust.anchors", anchors.toString()))
            .write(own);

    assertThat(Typed.of("verify", message.toString(), "--config", config.toString()).ended(3))
        .contains("anchors.pem");

    Files.writeString(own.resolve("directory").resolve("systems.json"), "[{]");
    assertThat(Typed.of("verify", message.toString(), "--config", config.toString()).ended(3))
        .contains("systems.json line 1: is not well-formed JSON");
    assertThat(Typed.of("certificates", "forecast", "--config", config.toString()).ended(3))
        .contains("systems.json line 1");
  }

  private static TestMessage query() {
    return TestMessage.of(Interaction.QUERY, Queries.of(HOMERTON, CHILD), to("query"));
  }

  private static String to(String endpoint) {
    return "https://localhost:8443/" + endpoint;
  }

  private static String signed(TestMessage message) {
    return signed(message, NOW);
  }

  private static String signed(TestMessage message, InstantSource clock) {
    return new String(message.signed(HOMERTON.signingKeys(), clock), StandardCharsets.UTF_8);
  }

  private static Typed verified(String message, String... options) throws IOException {
    Path file = Files.createTempFile("captured", ".xml");
    try {
      Files.writeString(file, message);
      List<String> line =
          new ArrayList<>(List.of("verify", file.toString(), "--config", configuration.toString()));
      line.addAll(List.of(options));
      return Typed.of(line.toArray(String[]::new));
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
