package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.security.Verification.Refused;
import uk.cpis.gateway.security.Verification.Verified;
import uk.cpis.gateway.testing.GoldenHabit;
import uk.cpis.gateway.testing.GoldenMessage;
import uk.cpis.gateway.testing.GoldenTrust;

/** What real toolkits sent, byte for byte, is accepted in its time, whatever its habits. */
class GoldenMessageTest {
  private static final CertificatePaths PATHS = GoldenTrust.paths();
  private static final RegisteredCertificates REGISTERED =
      RegisteredCertificates.of(GoldenTrust.registered());
  private static final List<Operation> OPERATIONS =
      List.of(operation("query", "planQuery"), operation("submission", "planUpdate"));

  static Stream<GoldenMessage> served() {
    return GoldenMessage.all().stream().filter(message -> !message.refused());
  }

  static Stream<GoldenMessage> refused() {
    return GoldenMessage.all().stream().filter(GoldenMessage::refused);
  }

  @ParameterizedTest
  @MethodSource("served")
  void servesWhatARealToolkitSends(GoldenMessage message) {
    assertThat(at(message, message.created().plusSeconds(1))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @MethodSource("served")
  void allowsItsClockAMinute(GoldenMessage message) {
    Duration skew = Freshness.standard().skew();
    Instant early = message.created().minus(skew);
    Instant late = message.expires().plus(skew);

    assertThat(at(message, early)).isInstanceOf(Verified.class);
    assertThat(at(message, late.minusMillis(1))).isInstanceOf(Verified.class);
    assertThat(cause(at(message, early.minusMillis(1))))
        .isEqualTo(RefusalCause.TIMESTAMP_IN_FUTURE);
    assertThat(cause(at(message, late))).isEqualTo(RefusalCause.TIMESTAMP_EXPIRED);
  }

  /** A golden message would prove nothing if any would pass. */
  @ParameterizedTest
  @MethodSource("served")
  void refusesTheSameMessageForAnotherNumber(GoldenMessage message) {
    byte[] forged = message.text().replace("9990000018", "9990000026").getBytes(message.encoding());
    assertThat(forged).isNotEqualTo(message.body());

    assertThat(cause(verify(message, forged, message.created())))
        .isEqualTo(RefusalCause.PART_ALTERED);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatItMustCleanly(GoldenMessage message) {
    assertThat(cause(verify(message, message.body(), sentAt(message))))
        .isEqualTo(GoldenHabit.of(message).refusal().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("served")
  void hasTheHabitItIsNamedAfter(GoldenMessage message) {
    assertThat(GoldenHabit.of(message).shownBy(message)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void hasAMessageForEveryHabit(GoldenHabit habit) {
    assertThat(GoldenMessage.all()).anyMatch(habit::shownBy);
  }

  /** A message without a Timestamp is judged when the others were made. */
  private static Instant sentAt(GoldenMessage message) {
    return message.text().contains("Created>")
        ? message.created()
        : GoldenMessage.all().get(0).created();
  }

  private static Verification at(GoldenMessage message, Instant now) {
    return verify(message, message.body(), now);
  }

  private static Verification verify(GoldenMessage message, byte[] body, Instant now) {
    return new MessageVerifier(
            ParserLimits.ofSubmission(),
            Freshness.standard(),
            SignerTrust.of(PATHS),
            REGISTERED,
            InstantSource.fixed(now))
        .verify(
            body,
            message.charset(),
            new Expectations.Request(
                Set.of(GoldenMessage.GATEWAY + message.path()),
                OPERATIONS,
                message.header("SOAPAction")));
  }

  private static RefusalCause cause(Verification verification) {
    assertThat(verification).isInstanceOf(Refused.class);
    return ((Refused) verification).refusal().cause();
  }

  private static Operation operation(String service, String name) {
    String namespace = "urn:nhs-cpis:gateway:" + service + ":v1";
    String action = "urn:nhs:names:services:cpis" + service + "/" + name;
    return new Operation(
        new QName(namespace, name + "Request"),
        action,
        new QName(namespace, name + "Response"),
        action + "Response");
  }
}
