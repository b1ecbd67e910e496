package uk.cpis.gateway.security;

import java.util.HashMap;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Gives every element a prefix. A namespace without one is legal, and JAXB writes it; but gSOAP's
 * canonical form forgets it where the element that declares it is of another, and then refuses the
 * signature. For one message.
 */
final class Prefixes {
  private static final String DEFAULT = "xmlns";

  private final Document document;
  private final Map<String, String> prefixes = new HashMap<>();

  private Prefixes(Document document) {
    this.document = document;
  }

  /** Changes names only: what the message says stays the same. */
  static void everywhere(Document document) {
    new Prefixes(document).give(document.getDocumentElement());
  }

  private void give(Element element) {
    String declared = element.getAttributeNS(Names.XMLNS, DEFAULT);
    element.removeAttributeNS(Names.XMLNS, DEFAULT);
    if (!declared.isEmpty()) {
      declare(element, declared);
    }
    String namespace = element.getNamespaceURI();
    if (element.getPrefix() == null && namespace != null) {
      rename(element, namespace);
    } else {
      Elements.children(element).forEach(this::give);
    }
  }

  private void rename(Element element, String namespace) {
    if (!namespace.equals(element.lookupNamespaceURI(prefix(namespace)))) {
      declare(element, namespace);
    }
    String name = prefix(namespace) + ":" + element.getLocalName();
    Element renamed = (Element) document.renameNode(element, namespace, name);
    Elements.children(renamed).forEach(this::give);
  }

  private void declare(Element element, String namespace) {
    element.setAttributeNS(Names.XMLNS, DEFAULT + ":" + prefix(namespace), namespace);
  }

  private String prefix(String namespace) {
    return prefixes.computeIfAbsent(namespace, made -> "cpis" + (prefixes.size() + 1));
  }
}
