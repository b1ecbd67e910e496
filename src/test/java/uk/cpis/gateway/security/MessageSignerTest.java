package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.Verification.Verified;

class MessageSignerTest {

  @ParameterizedTest
  @CsvSource({
    "V2005_08, homerton-ed-signing",
    "V2005_08, nhs111-signing",
    "V2005_08, ambulance-signing",
    "V2004_08, homerton-ed-signing",
    "V2004_08, nhs111-signing"
  })
  void signsWhatTheVerifierAccepts(AddressingVersion version, String system) {
    KeyMaterial key = Messages.clinical(system);

    Verification verification = Messages.verify(Messages.signed(version, key));

    assertThat(verification).isInstanceOf(Verified.class);
    Verified verified = (Verified) verification;
    assertThat(verified.version()).isEqualTo(version);
    assertThat(verified.messageId()).isEqualTo(Messages.ID);
    assertThat(verified.action()).isEqualTo(Messages.ASK.action());
    assertThat(verified.signerFingerprint())
        .isEqualTo(CertificateFingerprints.of(key.certificate()));
  }

  @Test
  void signsAReplyThatRelatesToItsRequest() {
    Document answer =
        Messages.parse(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>\
            <answer xmlns="urn:test">Łucja Ó Briain</answer></s:Body></s:Envelope>""");
    String sent = "URN:UUID:" + Messages.ID;
    MessageHeaders headers =
        MessageHeaders.reply(
            AddressingVersion.V2004_08,
            Messages.ASK.replyAction(),
            new MessageId(UUID.randomUUID()),
            Optional.of(sent));

    byte[] reply =
        new MessageSigner(Messages.CLOCK, Messages.LIFE).sign(answer, headers, Messages.ec());

    assertThat(Messages.text(reply)).contains(">" + sent + "<");
    assertThat(verifyReply(reply, Messages.ID)).isInstanceOf(Verified.class);
    assertThat(verifyReply(reply, new MessageId(UUID.randomUUID())))
        .extracting("refusal.cause")
        .isEqualTo(RefusalCause.RELATES_TO);
  }

  @Test
  void givesEveryElementAPrefixBecauseGsoapForgetsNamespacesWithoutOne() {
    Document answer =
        Messages.parse(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>\
            <a:answer xmlns:a="urn:test" xmlns="urn:inside"><code>1</code>\
            <other xmlns="urn:other"><code/></other><none xmlns=""/></a:answer>\
            </s:Body></s:Envelope>""");

    Document signed = Messages.parse(Messages.text(signedReply(answer)));

    assertThat(Messages.text(Canonical.serialised(signed))).doesNotContain("xmlns=");
    assertThat(Elements.children(Envelope.read(signed).payload()))
        .extracting(Element::getNamespaceURI, Element::getLocalName)
        .containsExactly(
            tuple("urn:inside", "code"), tuple("urn:other", "other"), tuple(null, "none"));
    assertThat(signed.getElementsByTagNameNS("urn:other", "code").getLength()).isEqualTo(1);
  }

  @Test
  void putsTheSecurityHeaderLastBecauseGsoapCountsTheBodyTwiceBehindASignedOne() {
    Document signed = Messages.parse(Messages.signed(AddressingVersion.V2005_08, Messages.rsa()));

    assertThat(Elements.children(Envelope.read(signed).header()))
        .extracting(Element::getLocalName)
        .containsExactly("Action", "MessageID", "To", "Security");
  }

  @Test
  void writesTheSignatureOnOneLine() {
    assertThat(Messages.signed(AddressingVersion.V2005_08, Messages.rsa()))
        .containsPattern("SignatureValue>[A-Za-z0-9+/=]+<")
        .doesNotContain("&#xD;");
  }

  private static byte[] signedReply(Document answer) {
    MessageHeaders headers =
        MessageHeaders.reply(
            AddressingVersion.V2005_08,
            Messages.ASK.replyAction(),
            new MessageId(UUID.randomUUID()),
            Optional.of(Messages.ID.urn()));
    return new MessageSigner(Messages.CLOCK, Messages.LIFE).sign(answer, headers, Messages.ec());
  }

  private static Verification verifyReply(byte[] reply, MessageId sent) {
    return Messages.verifier(Messages.NOW)
        .verify(
            reply, Optional.empty(), new Expectations.Reply(Messages.ASK, sent, signer -> true));
  }
}
