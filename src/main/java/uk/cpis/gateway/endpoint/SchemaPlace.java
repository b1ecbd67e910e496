package uk.cpis.gateway.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Says where in a body the schema was broken, in the contract's own names: a name that the contract
 * does not have is the sender's word and is not repeated. Safe for threads.
 */
final class SchemaPlace {

  private static final Set<String> NAMES =
      Stream.of("types", "query", "submission", "notification", "mailbox")
          .flatMap(SchemaPlace::names)
          .collect(Collectors.toUnmodifiableSet());

  private SchemaPlace() {}

  /** Such as {@code Body/planQueryRequest/nhsNumber}. */
  static String of(Element broken) {
    Deque<String> path = new ArrayDeque<>();
    Node at = broken;
    while (at instanceof Element element && !"Body".equals(element.getLocalName())) {
      path.addFirst(NAMES.contains(element.getLocalName()) ? element.getLocalName() : "(another)");
      at = element.getParentNode();
    }
    path.addFirst("Body");
    return String.join("/", path);
  }

  private static Stream<String> names(String schema) {
    try (InputStream xsd = SchemaPlace.class.getResourceAsStream("/xsd/" + schema + ".xsd")) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      NodeList elements =
          factory
              .newDocumentBuilder()
              .parse(Objects.requireNonNull(xsd))
              .getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "element");
      return IntStream.range(0, elements.getLength())
          .mapToObj(i -> ((Element) elements.item(i)).getAttribute("name"));
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the contract's schema cannot be read", e);
    }
  }
}
