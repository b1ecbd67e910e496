package uk.cpis.gateway.security;

import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;

/**
 * Whether address, action and body agree with each other and with what the receiver expects. The
 * operation is the one whose body was signed; SOAPAction and {@code wsa:Action} may only confirm
 * it.
 */
final class Agreement {
  private Agreement() {}

  static void check(Envelope envelope, Addressing addressing, Expectations expected) {
    if (expected instanceof Expectations.Request request) {
      checkRequest(envelope, addressing, request);
    } else if (expected instanceof Expectations.Reply reply) {
      checkReply(envelope, addressing, reply);
    }
  }

  private static void checkRequest(
      Envelope envelope, Addressing addressing, Expectations.Request expected) {
    ToAddress to = ToAddress.of(Elements.text(addressing.to()));
    List<ToAddress> ours = expected.addresses().stream().map(ToAddress::of).toList();
    require(ours.contains(to), RefusalCause.WRONG_ADDRESS, to.comparedWith(ours));
    QName body = name(envelope.payload());
    Operation operation =
        expected.operations().stream()
            .filter(each -> each.request().equals(body))
            .findFirst()
            .orElseThrow(() -> RefusalException.of(RefusalCause.OPERATION, "another"));
    String action = Elements.text(addressing.action());
    require(operation.action().equals(action), RefusalCause.ACTION, "another");
    Optional<String> stated = expected.soapAction().map(Agreement::unquoted);
    require(
        stated.isEmpty() || stated.get().isEmpty() || stated.get().equals(action),
        RefusalCause.SOAP_ACTION,
        "another");
  }

  private static void checkReply(
      Envelope envelope, Addressing addressing, Expectations.Reply expected) {
    String to = Elements.text(addressing.to());
    require(to.equals(addressing.version().anonymous()), RefusalCause.WRONG_ADDRESS, "another");
    if (!envelope.isFault()) {
      Operation operation = expected.operation();
      QName body = name(envelope.payload());
      require(operation.reply().equals(body), RefusalCause.OPERATION, "another");
      String action = Elements.text(addressing.action());
      require(operation.replyAction().equals(action), RefusalCause.ACTION, "another");
    }
    int related = addressing.relatesTo().size();
    boolean early = envelope.isFault() && related == 0;
    require(early || related == 1, RefusalCause.RELATES_TO, related + " of them");
    for (Element relatesTo : addressing.relatesTo()) {
      Optional<MessageId> id = MessageId.ofWire(Elements.text(relatesTo));
      require(id.equals(Optional.of(expected.sent())), RefusalCause.RELATES_TO, "one to another");
    }
  }

  /** A reply must come from the partner that was asked, not from just anyone who is trusted. */
  static void checkSigner(CertificateFingerprint signer, Expectations expected) {
    boolean accepted =
        !(expected instanceof Expectations.Reply reply) || reply.partner().test(signer);
    require(accepted, RefusalCause.ANOTHER_SIGNER, "certificate " + signer);
  }

  private static QName name(Element element) {
    return new QName(element.getNamespaceURI(), element.getLocalName());
  }

  private static String unquoted(String soapAction) {
    String text = soapAction.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static void require(boolean holds, RefusalCause cause, String found) {
    RefusalException.unless(holds, cause, found);
  }
}
