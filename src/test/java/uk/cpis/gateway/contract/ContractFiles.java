package uk.cpis.gateway.contract;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The contract's files as the program carries them: read from the class path. */
final class ContractFiles {

  static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
  static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
  static final String SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
  static final String WSAM = "http://www.w3.org/2007/05/addressing/metadata";

  static final List<String> SERVICES = List.of("query", "submission", "mailbox", "notification");

  private ContractFiles() {}

  static URL wsdl(String service) {
    return resource("/wsdl/" + service + ".wsdl");
  }

  static Stream<URL> schemas() {
    return Stream.concat(Stream.of("types"), SERVICES.stream())
        .map(name -> resource("/xsd/" + name + ".xsd"));
  }

  static Stream<URL> wsdls() {
    return SERVICES.stream().map(ContractFiles::wsdl);
  }

  /** All schemas as one, compiled by the JDK. */
  static Schema compiled(Stream<URL> schemas) throws SAXException {
    Source[] sources =
        schemas.map(url -> new StreamSource(url.toExternalForm())).toArray(Source[]::new);
    return SchemaFactory.newInstance(XS).newSchema(sources);
  }

  static Document document(URL url) {
    return document(new InputSource(url.toExternalForm()));
  }

  static Document document(InputSource source) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(source);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new AssertionError("cannot read " + source.getSystemId(), e);
    }
  }

  static Stream<Element> elements(Document document, String namespace, String localName) {
    return stream(document.getElementsByTagNameNS(namespace, localName));
  }

  static Stream<Element> children(Element parent, String namespace, String localName) {
    return stream(parent.getChildNodes())
        .filter(child -> namespace.equals(child.getNamespaceURI()))
        .filter(child -> localName.equals(child.getLocalName()));
  }

  static Stream<Element> stream(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  private static URL resource(String path) {
    return Objects.requireNonNull(ContractFiles.class.getResource(path), path);
  }
}
