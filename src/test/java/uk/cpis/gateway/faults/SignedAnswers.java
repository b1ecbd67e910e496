package uk.cpis.gateway.faults;

import jakarta.xml.bind.JAXBElement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.contract.types.ObjectFactory;
import uk.cpis.gateway.contract.types.SeverityCode;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.outbound.NotificationOperations;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestSystem;

/** What an authority answers, signed with its key, and what a broken one makes of that. */
public final class SignedAnswers {

  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
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
        message, faultEnvelope(faultCode, code, words), AddressingVersion.V2005_08.faultAction());
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

  private Document faultEnvelope(String faultCode, String code, String words) {
    ErrorType error = new ErrorType();
    error.setCodeContext("urn:nhs:names:error:tms");
    error.setCode(code);
    error.setSeverity(SeverityCode.ERROR);
    error.setDescription(words);
    ErrorListType errors = new ErrorListType();
    errors.getError().add(error);
    Document envelope = contract.envelope(new ObjectFactory().createErrorList(errors));
    Element body = (Element) envelope.getDocumentElement().getLastChild();
    Element detail = envelope.createElementNS(null, "detail");
    detail.appendChild(body.getFirstChild());
    Element fault = envelope.createElementNS(SOAP, "soap:Fault");
    fault.appendChild(text(envelope, "faultcode", faultCode));
    fault.appendChild(text(envelope, "faultstring", words));
    fault.appendChild(detail);
    body.appendChild(fault);
    return envelope;
  }

  private static Element text(Document document, String name, String value) {
    Element element = document.createElementNS(null, name);
    element.setTextContent(value);
    return element;
  }

  private byte[] signed(NotifiedMessage message, Document envelope, String action) {
    MessageHeaders headers =
        MessageHeaders.reply(
            AddressingVersion.V2005_08,
            action,
            new MessageId(UUID.randomUUID()),
            Optional.of(message.messageId()));
    return signer.sign(envelope, headers, system.signing().keyMaterial());
  }
}
