package uk.cpis.gateway.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * One walk over the whole document: every id, and what may stand in one place only. An id that two
 * elements bear, in whatever attribute, and an Envelope, Header, Body or Security in a second place
 * are how signatures are wrapped; both are refused.
 */
final class Census {
  private static final Set<String> ID_NAMES = Set.of("Id", "ID", "id", "AssertionID");
  private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";
  private static final Set<String> SOAP_PARTS = Set.of("Envelope", "Header", "Body");

  private final Map<String, Element> bearers = new HashMap<>();
  private final Map<String, Element> targets = new HashMap<>();
  private int soapParts;
  private int securityHeaders;

  private Census() {}

  static Census of(Document document) {
    Census census = new Census();
    census.walk(document.getDocumentElement());
    RefusalException.unless(
        census.soapParts == 3, RefusalCause.ENVELOPE, "an envelope, header or body inside another");
    RefusalException.unless(
        census.securityHeaders == 1,
        RefusalCause.SECURITY_HEADER,
        census.securityHeaders + " of them");
    return census;
  }

  /** The element that a reference with this fragment points to: by {@code wsu:Id} or {@code Id}. */
  Optional<Element> target(String id) {
    return Optional.ofNullable(targets.get(id));
  }

  private void walk(Element element) {
    count(element);
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      note(element, (Attr) attributes.item(i));
    }
    List<Element> children = Elements.children(element);
    children.forEach(this::walk);
  }

  private void count(Element element) {
    String namespace = element.getNamespaceURI();
    if (Names.SOAP.equals(namespace) || SOAP_12.equals(namespace)) {
      soapParts += SOAP_PARTS.contains(element.getLocalName()) ? 1 : 0;
    }
    securityHeaders += Elements.is(element, Names.WSSE, "Security") ? 1 : 0;
  }

  private void note(Element element, Attr attribute) {
    String namespace = attribute.getNamespaceURI();
    String name = attribute.getLocalName();
    boolean plain = namespace == null && ID_NAMES.contains(name);
    boolean qualified = Names.WSU.equals(namespace) && name.equals("Id");
    boolean xml = Names.XML.equals(namespace) && name.equals("id");
    if (!plain && !qualified && !xml) {
      return;
    }
    Element other = bearers.putIfAbsent(attribute.getValue(), element);
    RefusalException.unless(
        other == null || other == element, RefusalCause.DUPLICATE_ID, "one id on two elements");
    if (qualified || (plain && name.equals("Id"))) {
      targets.put(attribute.getValue(), element);
    }
  }
}
