package uk.cpis.gateway.endpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.Validator;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.service.model.ServiceInfo;
import org.apache.cxf.ws.addressing.EndpointReferenceUtils;
import org.apache.cxf.wsdl11.WSDLServiceFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXNotSupportedException;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.Operations;
import uk.cpis.gateway.security.ParserLimits;

/** The contract of one of the gateway's endpoints, to hold a captured message against. */
public record Contract(
    String name, ParserLimits limits, List<Operation> operations, Schema schema) {

  private static final String CURRENT_ELEMENT =
      "http://apache.org/xml/properties/dom/current-element-node";

  /** The contract of the endpoint at this path, such as {@code query}. */
  public static Contract of(String name) {
    Bus bus = BusFactory.newInstance().createBus();
    try {
      ServiceInfo service =
          new WSDLServiceFactory(bus, "wsdl/" + name + ".wsdl").create().getServiceInfos().get(0);
      return new Contract(
          name,
          name.equals("submission") ? ParserLimits.ofSubmission() : ParserLimits.ofQuery(),
          Operations.of(service.getEndpoints().iterator().next()),
          EndpointReferenceUtils.getSchema(service, bus));
    } finally {
      bus.shutdown(true);
    }
  }

  /** The names of the endpoints that have one. */
  public static List<String> names() {
    return List.of("query", "submission", "mailbox");
  }

  /** The rule of XML Schema that this body breaks, and where; empty when it breaks none. */
  public Optional<String> breach(Element payload) {
    Validator validator = schema.newValidator();
    try {
      validator.validate(new DOMSource(payload));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of(SchemaFault.rule(e) + place(validator));
    } catch (IOException e) {
      throw new EndpointException("the schema cannot be read", e);
    }
  }

  private static String place(Validator validator) {
    try {
      return validator.getProperty(CURRENT_ELEMENT) instanceof Element element
          ? " at " + SchemaPlace.of(element)
          : "";
    } catch (SAXNotRecognizedException | SAXNotSupportedException e) {
      return "";
    }
  }
}
