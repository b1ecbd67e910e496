package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificatePurpose;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.security.Verification;
import uk.cpis.gateway.testing.GoldenHabit;
import uk.cpis.gateway.testing.GoldenMessage;
import uk.cpis.gateway.testing.GoldenTrust;
import uk.cpis.gateway.testing.RawHttps;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * What real toolkits sent goes over the wire again, byte for byte, to endpoints that stand in the
 * time and under the certificates it was made with; every answer and fault is signed.
 */
class GoldenMessagesIT {
  private static final SettableClock CLOCK = new SettableClock(Instant.EPOCH);
  private static final Freshness FRESHNESS = Freshness.standard();

  private static final Set<GoldenHabit> OF_THE_CONNECTION =
      Set.of(GoldenHabit.HTTP_1_0, GoldenHabit.TLS_1_2_ONLY);

  private static OpenDoors doors;

  /** Those whose habit is in the connection, and those that are refused. */
  static Stream<GoldenMessage> alone() {
    return GoldenMessage.all().stream().filter(message -> !staysOpen(message));
  }

  static Stream<GoldenMessage> together() {
    return GoldenMessage.all().stream().filter(GoldenMessagesIT::staysOpen);
  }

  @BeforeAll
  static void open() {
    SignerTrust trust = SignerTrust.of(GoldenTrust.paths());
    RegisteredCertificates registered = RegisteredCertificates.of(GoldenTrust.registered());
    doors =
        OpenDoors.open(
            List.of(URI.create(GoldenMessage.GATEWAY)),
            (addresses, limits, refusals) ->
                new ServerSecurity(
                    addresses,
                    new MessageVerifier(limits, FRESHNESS, trust, registered, CLOCK),
                    new MessageSigner(CLOCK, Duration.ofMinutes(5)),
                    kind -> OpenDoors.gateway("signing-rsa"),
                    (transport, signing, claimed) -> Optional.of(system(claimed)),
                    refusals));
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @BeforeEach
  void forget() {
    doors.arrived.clear();
  }

  @ParameterizedTest
  @MethodSource("alone")
  void answersAToolkitThatConnectsForEachMessage(GoldenMessage message) throws IOException {
    try (RawHttps connection = connect(message)) {
      answered(message, connection);
    }
  }

  @Test
  void answersToolkitsThatKeepTheirConnection() throws IOException {
    List<GoldenMessage> staying = together().toList();

    try (RawHttps connection = connect(staying.get(0))) {
      for (GoldenMessage message : staying) {
        answered(message, connection);
      }
    }

    assertThat(staying).hasSizeGreaterThan(20);
    assertThat(doors.arrived).hasSameSizeAs(staying);
  }

  private static void answered(GoldenMessage message, RawHttps connection) throws IOException {
    CLOCK.set(message.text().contains("Created>") ? message.created() : made());
    RawHttps.Message reply = connection.send(message.sent()).nextMessage();
    if (reply.head().startsWith("HTTP/1.1 100")) {
      reply = connection.nextMessage();
    }
    assertThat(reply.head()).matches("(?s)HTTP/1.1 " + (message.refused() ? "500" : "200") + ".*");
    String charset = GoldenHabit.UTF_16.shownBy(message) ? "UTF-16" : "UTF-8";
    assertThat(reply.head()).containsIgnoringCase("charset=" + charset);

    Verification verification = verified(message, reply.body(), charset);
    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Verified.class, it -> assertThat(it.fault()).isEqualTo(message.refused()));
    if (isQuery(message) && !message.refused()) {
      assertThat(doors.arrived.get(doors.arrived.size() - 1))
          .isInstanceOfSatisfying(
              PlanQuery.class,
              query -> assertThat(query.person().digits()).isEqualTo("9990000018"));
    }
  }

  private static Verification verified(GoldenMessage message, byte[] reply, String charset) {
    SignerTrust gateways =
        (certificate, at) ->
            TestCertificates.paths()
                .check(certificate, CertificatePurpose.MESSAGE_SIGNING, Instant.now());
    return new MessageVerifier(
            ParserLimits.ofSubmission(),
            FRESHNESS,
            gateways,
            RegisteredCertificates.of(List.of()),
            CLOCK)
        .verify(
            reply,
            Optional.of(charset),
            new Expectations.Reply(operation(message), message.id(), signer -> true));
  }

  private static boolean isQuery(GoldenMessage message) {
    return message.path().equals("/query");
  }

  private static Operation operation(GoldenMessage message) {
    String service = message.path().substring(1);
    String name = isQuery(message) ? "planQuery" : "planUpdate";
    String action = "urn:nhs:names:services:cpis" + service + "/" + name;
    return Operation.of("urn:nhs-cpis:gateway:" + service + ":v1", action);
  }

  private static boolean staysOpen(GoldenMessage message) {
    return !message.refused()
        && !OF_THE_CONNECTION.contains(GoldenHabit.of(message))
        && message.header("Connection").filter(how -> how.contains("close")).isEmpty();
  }

  private static RawHttps connect(GoldenMessage message) {
    boolean old = GoldenHabit.of(message) == GoldenHabit.TLS_1_2_ONLY;
    return RawHttps.connect(
        doors.port(),
        TestCertificates.all().of(Group.CLINICAL, "homerton-ed-tls").keyMaterial(),
        old || message.toolkit().startsWith("gsoap") ? new String[] {"TLSv1.2"} : new String[0]);
  }

  /** When the messages were made, for those that do not say. */
  private static Instant made() {
    return GoldenMessage.all().get(0).created();
  }

  private static AccreditedSystem system(Asid claimed) {
    boolean authority = claimed.digits().startsWith("2000000011");
    OdsCode organisation = new OdsCode(authority ? "TWH" : "RQXM1");
    return new AccreditedSystem(
        claimed,
        "A registered system",
        authority ? Optional.of(organisation) : Optional.empty(),
        Set.of(organisation),
        Set.of(Interaction.values()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        SignatureKind.RSA);
  }
}
