package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.security.Verification.Verified;

/** The habits of honest toolkits, all of which are served. */
class HonestClientTest {
  private static final X509Certificate CERTIFICATE = Messages.rsa().certificate();

  static Stream<String> keyReferences() {
    String issuer = CERTIFICATE.getIssuerX500Principal().getName();
    String serial = CERTIFICATE.getSerialNumber().toString();
    return Stream.of(
        HandMade.issuerSerial(issuer, serial),
        HandMade.issuerSerial(issuer.replace(",", ", "), serial),
        HandMade.issuerSerial(inOrderOfTheCertificate(issuer), serial),
        HandMade.keyIdentifier(
            Names.SUBJECT_KEY_IDENTIFIER, HandMade.subjectKeyIdentifier(CERTIFICATE)),
        HandMade.keyIdentifier(Names.THUMBPRINT, HandMade.thumbprint(CERTIFICATE)));
  }

  /** As OpenSSL prints it, and with it PHP, Perl and Node.js. */
  private static String inOrderOfTheCertificate(String issuer) {
    List<String> parts = new ArrayList<>(List.of(issuer.split(",")));
    Collections.reverse(parts);
    return String.join(", ", parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS://Gateway.Example/query", "https://gateway.example:443/query"})
  void servesTheSameAddressInAnotherSpelling(String to) {
    String message = HandMade.unsigned().replace(Messages.ADDRESS, to);

    assertThat(
            Messages.verifier(Messages.NOW)
                .verify(
                    Messages.bytes(HandSigner.usual().sign(message)),
                    Optional.empty(),
                    new Expectations.Request(
                        Set.of("https://gateway.example/query"),
                        List.of(Messages.ASK),
                        Optional.empty())))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @MethodSource("keyReferences")
  void servesEveryReferenceToARegisteredCertificate(String keyInfo) {
    String message =
        HandMade.envelope(
            HandMade.security(HandMade.timestamp()) + HandMade.addressing(), HandMade.body());

    accepts(HandSigner.usual().keyInfo(keyInfo).sign(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-sha256", "rsa-sha384", "rsa-sha512"})
  void servesTheRsaAlgorithms(String algorithm) {
    accepts(
        HandSigner.usual()
            .with(Messages.rsa().privateKey(), HandSigner.MORE + algorithm)
            .sign(HandMade.unsigned()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa-sha256", "ecdsa-sha384"})
  void servesTheEllipticAlgorithms(String algorithm) {
    String message =
        HandMade.envelope(
            HandMade.security(HandMade.timestamp(), HandMade.token(Messages.ec().certificate()))
                + HandMade.addressing(),
            HandMade.body());

    accepts(
        HandSigner.usual()
            .with(Messages.ec().privateKey(), HandSigner.MORE + algorithm)
            .sign(message));
  }

  @Test
  void servesNodeSoapWithEnvelopedSignatureAndPlainIds() {
    String timestamp =
        "<Timestamp xmlns='"
            + Names.WSU
            + "' Id='_1'><Created>"
            + Messages.NOW
            + "</Created><Expires>"
            + Messages.NOW.plus(Duration.ofMinutes(10))
            + "</Expires></Timestamp>";
    String message =
        HandMade.envelope(
            HandMade.security(HandMade.token(), timestamp) + HandMade.addressing(),
            "<soap:Body Id='_0'>" + HandMade.PAYLOAD + "</soap:Body>");

    accepts(
        HandSigner.usual()
            .transforms(Names.ENVELOPED_SIGNATURE, Names.EXCLUSIVE_C14N)
            .references("_0", "_1", "Action", "MessageID", "To")
            .sign(message));
  }

  @Test
  void servesGsoapWithASignedTokenAndSecurityFirst() {
    accepts(
        HandSigner.usual()
            .references("Body", "Timestamp", "Token", "Action", "MessageID", "To")
            .sign(HandMade.unsigned()));
  }

  @Test
  void servesSecurityAsTheLastHeaderAndTheTokenBeforeTheTimestamp() {
    accepts(
        HandSigner.usual()
            .sign(
                HandMade.envelope(
                    HandMade.addressing()
                        + "<x:trace xmlns:x='urn:x'>1</x:trace>"
                        + HandMade.security(HandMade.token(), HandMade.timestamp()),
                    HandMade.body())));
  }

  @Test
  void servesWrappedBase64AndPrettyPrintingAndComments() {
    String wrapped =
        Base64.getMimeEncoder(64, "\r\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(HandMade.der(CERTIFICATE));
    String message =
        HandMade.envelope(
            HandMade.security(
                    "\r\n<!-- token -->\r\n", HandMade.token(wrapped), HandMade.timestamp())
                + "\r\n  <!-- addressing -->\r\n  "
                + HandMade.addressing(),
            "\r\n" + HandMade.body());

    accepts(HandSigner.usual().sign(message));
  }

  @Test
  void servesTheSpellingsOfMessageIdAndMustUnderstand() {
    for (String id :
        List.of("uuid:" + Messages.ID, "URN:UUID:" + Messages.ID.toString().toUpperCase())) {
      String message =
          HandMade.unsigned()
              .replace(Messages.ID.urn(), "\n " + id + " ")
              .replace("mustUnderstand='1'", "mustUnderstand='true'");
      Verified verified = accepts(HandSigner.usual().sign(message));
      assertThat(verified.messageId()).isEqualTo(Messages.ID);
      assertThat(verified.messageIdAsSent()).isEqualTo(id);
    }
  }

  @Test
  void servesClocksThatDifferByAMinute() {
    String signed = HandSigner.usual().sign(HandMade.unsigned());

    for (Duration skew : List.of(Duration.ofSeconds(-59), Duration.ofMinutes(5).plusSeconds(58))) {
      assertThat(
              Messages.verifier(Messages.NOW.plus(skew))
                  .verify(Messages.bytes(signed), Optional.empty(), Messages.expected()))
          .isInstanceOf(Verified.class);
    }
  }

  @Test
  void servesAnonymousReplyAddressesAndOtherAddressingHeaders() {
    String anonymous = "<wsa:Address>" + AddressingVersion.V2005_08.anonymous() + "</wsa:Address>";
    String message =
        HandMade.envelope(
            HandMade.security(HandMade.timestamp(), HandMade.token())
                + HandMade.addressing()
                + "<wsa:ReplyTo>"
                + anonymous
                + "</wsa:ReplyTo>"
                + "<wsa:FaultTo>"
                + anonymous
                + "</wsa:FaultTo>"
                + "<wsa:RelatesTo>uuid:x</wsa:RelatesTo>"
                + "<wsa:From><wsa:Address>http://elsewhere.example/</wsa:Address></wsa:From>",
            HandMade.body());

    accepts(HandSigner.usual().sign(message));
  }

  @Test
  void servesTheThreeEncodings() {
    String signed = HandSigner.usual().sign(HandMade.unsigned());
    String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + signed;
    String utf16 = "<?xml version='1.0' encoding='utf-16'?>" + signed;

    accepts(("\uFEFF" + signed).getBytes(StandardCharsets.UTF_8), Optional.of("UTF-8"));
    accepts(signed.getBytes(StandardCharsets.UTF_8), Optional.of("utf-8"));
    accepts(latin.getBytes(StandardCharsets.ISO_8859_1), Optional.empty());
    accepts(latin.getBytes(StandardCharsets.ISO_8859_1), Optional.of("iso-8859-1"));
    accepts(utf16.getBytes(StandardCharsets.UTF_16), Optional.empty());
    accepts(utf16.getBytes(StandardCharsets.UTF_16LE), Optional.of("utf-16"));
    accepts(utf16.getBytes(StandardCharsets.UTF_16BE), Optional.of("utf-16be"));
  }

  @Test
  void knowsTheSameContentInAnotherEnvelope() {
    Verified one = accepts(HandSigner.usual().sign(HandMade.unsigned()));
    Verified again =
        accepts(
            HandSigner.usual()
                .sign(
                    HandMade.unsigned()
                        .replace("soap:Body wsu", "soap:Body xmlns:z='urn:z' wsu")
                        .replace("<t:ask", "<!-- again --><t:ask")));
    Verified other = accepts(HandSigner.usual().sign(HandMade.unsigned().replace("0018", "0026")));

    assertThat(again.content()).isEqualTo(one.content());
    assertThat(other.content()).isNotEqualTo(one.content());
  }

  @Test
  void readsTheWholeValueAroundAComment() {
    Verified verified =
        accepts(
            HandSigner.usual()
                .sign(HandMade.unsigned().replace("999000", "999<!-- --><![CDATA[000]]>")));

    assertThat(verified.document().getDocumentElement().getTextContent()).contains("9990000018");
    assertThat(
            verified
                .document()
                .getElementsByTagNameNS("urn:test", "number")
                .item(0)
                .getFirstChild()
                .getNodeValue())
        .isEqualTo("9990000018");
  }

  private static Verified accepts(String message) {
    return accepts(Messages.bytes(message), Optional.empty());
  }

  private static Verified accepts(byte[] message, Optional<String> charset) {
    Verification verification =
        Messages.verifier(Messages.NOW).verify(message, charset, Messages.expected());
    assertThat(verification).isInstanceOf(Verified.class);
    return (Verified) verification;
  }
}
