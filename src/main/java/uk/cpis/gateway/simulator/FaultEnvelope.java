package uk.cpis.gateway.simulator;

import java.util.List;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.contract.types.ObjectFactory;
import uk.cpis.gateway.contract.types.SeverityCode;
import uk.cpis.gateway.outbound.ContractXml;

/** A SOAP fault in the Spine's manner: a list of errors with context, code and description. */
public final class FaultEnvelope {
  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String TYPES = "urn:nhs-cpis:gateway:types:v1";
  private static final String CONTEXT = "urn:nhs:names:error:tms";
  private static final ContractXml CONTRACT = ContractXml.of("notification");

  private FaultEnvelope() {}

  /** The sender may try again. */
  static Document systemFailure() {
    return of("soap:Server", "200", "The system of the local authority cannot work now.");
  }

  /** The sender must not try again. */
  static Document malformed() {
    return of("soap:Client", "201", "The message is malformed.");
  }

  /** Who sent it could not be verified. */
  static Document notVerified() {
    return of("soap:Client", "300", "The security of the message could not be verified.");
  }

  /** Code and description of each error of a verified fault. */
  static List<String> errors(Document fault) {
    NodeList codes = fault.getElementsByTagNameNS(TYPES, "code");
    NodeList descriptions = fault.getElementsByTagNameNS(TYPES, "description");
    return IntStream.range(0, Math.min(codes.getLength(), descriptions.getLength()))
        .mapToObj(i -> text(codes, i) + ": " + text(descriptions, i))
        .toList();
  }

  private static String text(NodeList elements, int index) {
    return elements.item(index).getTextContent().strip();
  }

  /** A fault with one error of this code and these words. */
  public static Document of(String faultCode, String code, String description) {
    ErrorType error = new ErrorType();
    error.setCodeContext(CONTEXT);
    error.setCode(code);
    error.setSeverity(SeverityCode.ERROR);
    error.setDescription(description);
    ErrorListType errors = new ErrorListType();
    errors.getError().add(error);
    Document envelope = CONTRACT.envelope(new ObjectFactory().createErrorList(errors));
    Element body = (Element) envelope.getDocumentElement().getLastChild();
    Element detail = envelope.createElementNS(null, "detail");
    detail.appendChild(body.getFirstChild());
    Element fault = envelope.createElementNS(SOAP, "soap:Fault");
    fault.appendChild(text(envelope, "faultcode", faultCode));
    fault.appendChild(text(envelope, "faultstring", description));
    fault.appendChild(detail);
    body.appendChild(fault);
    return envelope;
  }

  private static Element text(Document document, String name, String value) {
    Element element = document.createElementNS(null, name);
    element.setTextContent(value);
    return element;
  }
}
