package uk.cpis.gateway.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.testing.TestCertificates;

/** Messages for the tests of this package: one request, one reply, and who signs and verifies. */
final class Messages {
  static final String ADDRESS = "https://gateway.example/query";
  static final Operation ASK =
      new Operation(
          new QName("urn:test", "ask"),
          "urn:t/ask",
          new QName("urn:test", "answer"),
          "urn:t/askResponse");
  static final MessageId ID =
      new MessageId(UUID.fromString("5b1c2d3e-0000-4000-8000-00000000abcd"));
  static final Instant NOW = Instant.now();
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final String ASK_ENVELOPE =
      """
      <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
        <soap:Body>
          <t:ask xmlns:t="urn:test"><t:number>9990000018</t:number></t:ask>
        </soap:Body>
      </soap:Envelope>
      """;

  private static final KeyMaterial RSA = clinical("homerton-ed-signing");
  private static final KeyMaterial EC = clinical("nhs111-signing");
  static final CertificatePaths PATHS = TestCertificates.paths();
  private static final RegisteredCertificates REGISTERED =
      RegisteredCertificates.of(
          TestCertificates.all().of(Group.CLINICAL).stream()
              .map(DevelopmentCertificate::certificate)
              .toList());

  private Messages() {}

  static KeyMaterial clinical(String name) {
    return TestCertificates.all().of(Group.CLINICAL, name).keyMaterial();
  }

  static KeyMaterial rsa() {
    return RSA;
  }

  static KeyMaterial ec() {
    return EC;
  }

  static Document ask() {
    return parse(ASK_ENVELOPE);
  }

  static Document parse(String xml) {
    return new DocumentReader(ParserLimits.ofQuery()).read(bytes(xml), Optional.empty());
  }

  static byte[] bytes(String xml) {
    return xml.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8);
  }

  static MessageHeaders headers(AddressingVersion version) {
    return MessageHeaders.request(version, ASK.action(), ID, ADDRESS);
  }

  static String signed(AddressingVersion version, KeyMaterial key) {
    return text(new MessageSigner(CLOCK, LIFE).sign(ask(), headers(version), key));
  }

  /** A good request, signed with RSA, WS-Addressing 2005/08. */
  static String signed() {
    return signed(AddressingVersion.V2005_08, rsa());
  }

  static Expectations expected() {
    return new Expectations.Request(Set.of(ADDRESS), List.of(ASK), Optional.empty());
  }

  static MessageVerifier verifier(Instant now) {
    return new MessageVerifier(
        ParserLimits.ofQuery(),
        Freshness.standard(),
        SignerTrust.of(PATHS),
        REGISTERED,
        InstantSource.fixed(now));
  }

  static MessageVerifier verifier(SignerTrust trust) {
    return new MessageVerifier(
        ParserLimits.ofQuery(), Freshness.standard(), trust, REGISTERED, CLOCK);
  }

  static MessageVerifier verifier(SignatureEngine engine) {
    return new MessageVerifier(
        ParserLimits.ofQuery(),
        Freshness.standard(),
        new Signer(SignerTrust.of(PATHS), REGISTERED),
        CLOCK,
        engine);
  }

  static Verification verify(String message) {
    return verify(bytes(message));
  }

  static Verification verify(byte[] message) {
    return verifier(NOW).verify(message, Optional.empty(), expected());
  }
}
