package uk.cpis.gateway.outbound;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.net.URL;
import java.util.Objects;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import uk.cpis.gateway.security.Documents;

/**
 * Puts the types of one service's contract into SOAP envelopes and reads them from verified ones,
 * by the service's schema. Safe to share between threads.
 */
public final class ContractXml {
  private static final String CONTRACT = "uk.cpis.gateway.contract.";
  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

  private final JAXBContext types;
  private final Schema schema;

  private ContractXml(JAXBContext types, Schema schema) {
    this.types = types;
    this.schema = schema;
  }

  /** The contract of the service of this name: "notification", "query" or "submission". */
  public static ContractXml of(String service) {
    try {
      URL xsd = ContractXml.class.getResource("/xsd/" + service + ".xsd");
      SchemaFactory schemas = SchemaFactory.newDefaultInstance();
      schemas.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      schemas.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file,jar:file");
      return new ContractXml(
          JAXBContext.newInstance(CONTRACT + service + ":" + CONTRACT + "types"),
          schemas.newSchema(Objects.requireNonNull(xsd)));
    } catch (JAXBException | SAXException e) {
      throw new IllegalStateException("the contract of " + service + " cannot be used", e);
    }
  }

  /** An envelope with this message in its Body, and nothing else. */
  public Document envelope(Object message) {
    try {
      Document document = Documents.empty();
      Element envelope = document.createElementNS(SOAP, "soap:Envelope");
      envelope.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:soap", SOAP);
      document.appendChild(envelope);
      Element body = document.createElementNS(SOAP, "soap:Body");
      envelope.appendChild(body);
      types.createMarshaller().marshal(message, body);
      return document;
    } catch (JAXBException e) {
      throw new IllegalStateException("a message cannot be written as XML", e);
    }
  }

  /** The message in the Body, when it is one of this type by the schema. */
  public <T> Optional<T> read(Document envelope, Class<T> type) {
    try {
      Unmarshaller reader = types.createUnmarshaller();
      reader.setSchema(schema);
      return Optional.of(reader.unmarshal(payload(envelope), type).getValue());
    } catch (JAXBException e) {
      return Optional.empty();
    }
  }

  /** The element in the Body of an envelope whose form has been verified: the last in the last. */
  static Element payload(Document envelope) {
    return last(last(envelope.getDocumentElement()));
  }

  private static Element last(Element parent) {
    Node child = parent.getLastChild();
    while (!(child instanceof Element)) {
      child = child.getPreviousSibling();
    }
    return (Element) child;
  }
}
