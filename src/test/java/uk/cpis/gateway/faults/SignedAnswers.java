package uk.cpis.gateway.faults;

import jakarta.xml.bind.JAXBElement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.w3c.dom.Document;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.outbound.NotificationOperations;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.simulator.FaultEnvelope;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestSystem;

/** What an authority answers, signed with its key, and what a broken one makes of that. */
public final class SignedAnswers {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final TestSystem system;
  private final MessageSigner signer;
  private final ContractXml contract = ContractXml.of("notification");

  public SignedAnswers(TestSystem system, InstantSource clock) {
    this.system = system;
    this.signer = new MessageSigner(clock, LIFE);
  }

  public byte[] accepted(NotifiedMessage message) {
    return signed(message, acceptance(message), replyAction());
  }

  /** The right answer with a header that nobody signed. */
  byte[] unsigned(NotifiedMessage message) {
    String text = new String(accepted(message), StandardCharsets.UTF_8);
    return text.replaceAll("(?s)<([A-Za-z0-9]+:)?Signature .*</\\1?Signature>", "")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The right answer with one letter changed in it. */
  byte[] altered(NotifiedMessage message) {
    return new String(accepted(message), StandardCharsets.UTF_8)
        .replace("receipt-1", "receipt-2")
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] fault(NotifiedMessage message, String faultCode, String code) {
    return fault(message, faultCode, code, "as told");
  }

  /** A fault in these words. */
  public byte[] fault(NotifiedMessage message, String faultCode, String code, String words) {
    return signed(
        message,
        FaultEnvelope.of(faultCode, code, words),
        AddressingVersion.V2005_08.faultAction());
  }

  private static String replyAction() {
    return NotificationOperations.of(NotificationKind.ACCESS).replyAction();
  }

  private Document acceptance(NotifiedMessage message) {
    NotificationAnswerType answer = new NotificationAnswerType();
    answer.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    answer.setNotificationId(message.notification());
    answer.setAnswer(AnswerCode.ACCEPTED);
    answer.setReceipt("receipt-1");
    QName name = NotificationOperations.of(NotificationKind.ACCESS).reply();
    return contract.envelope(new JAXBElement<>(name, NotificationAnswerType.class, answer));
  }

  private byte[] signed(NotifiedMessage message, Document envelope, String action) {
    MessageHeaders headers =
        MessageHeaders.reply(
            AddressingVersion.V2005_08,
            action,
            new MessageId(UUID.randomUUID()),
            Optional.of(message.messageId()));
    return signer.sign(envelope, headers, system.signingKeys());
  }
}
