package uk.cpis.gateway.testing;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.security.Verification;

/** What came back over HTTP; read as a client would, its signature verified first. */
public record TestReply(
    int status, HttpHeaders headers, byte[] bytes, TestMessage sent, InstantSource clock) {

  /** What a fault says. */
  public record Fault(String code, String text, String reference, List<String> codes) {}

  /** The answer, of this class of the contract; fails unless it is signed and relates to us. */
  public <T> T answer(Class<T> type) {
    return unmarshal(payload(verified().document()), type);
  }

  /** The fault, which must be signed too. */
  public Fault fault() {
    Verification.Verified verified = verified();
    if (!verified.fault()) {
      throw new AssertionError("no fault but " + text());
    }
    Element fault = payload(verified.document());
    ErrorListType errors =
        unmarshal(child(child(fault, "detail"), "errorList"), ErrorListType.class);
    return new Fault(
        child(fault, "faultcode").getTextContent(),
        child(fault, "faultstring").getTextContent(),
        errors.getReference(),
        errors.getError().stream().map(ErrorType::getCode).toList());
  }

  /** The reply as it was verified. */
  public Verification.Verified verified() {
    Verification verification =
        new MessageVerifier(
                ParserLimits.ofSubmission(),
                Freshness.standard(),
                SignerTrust.of(TestCertificates.paths()),
                RegisteredCertificates.of(List.of()),
                clock)
            .verify(
                bytes,
                Optional.of("utf-8"),
                new Expectations.Reply(operation(), sent.id(), TestReply::isTheGateways));
    if (verification instanceof Verification.Refused refused) {
      throw new AssertionError(refused.refusal() + " in " + text());
    }
    return (Verification.Verified) verification;
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean isTheGateways(CertificateFingerprint signer) {
    return Stream.of("signing-rsa", "signing-ec")
        .anyMatch(
            name -> TestCertificates.all().of(Group.GATEWAY, name).fingerprint().equals(signer));
  }

  private Operation operation() {
    Element request = payload(sent.envelope());
    return Operation.of(request.getNamespaceURI(), sent.interaction().action());
  }

  private static Element payload(Document envelope) {
    return (Element) child(envelope.getDocumentElement(), "Body").getFirstChild();
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && name.equals(localName(element))) {
        return element;
      }
    }
    throw new AssertionError("no " + name + " in " + localName(parent));
  }

  private static String localName(Element element) {
    return element.getLocalName() == null ? element.getTagName() : element.getLocalName();
  }

  private static <T> T unmarshal(Element element, Class<T> type) {
    try {
      JAXBElement<T> read =
          JAXBContext.newInstance(type).createUnmarshaller().unmarshal(element, type);
      return read.getValue();
    } catch (JAXBException e) {
      throw new AssertionError("the reply is not of the contract", e);
    }
  }
}
