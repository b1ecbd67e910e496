package uk.cpis.gateway.security;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** One document while it is being read, event by event. For one thread. */
final class DocumentBuild {
  /**
   * No text of the contract is nearly as long, and what the schema's patterns ask of one takes time
   * by the square of its length, before the schema looks at the length.
   */
  private static final int LONGEST_VALUE = 4_096;

  private final Document document;
  private final ParserLimits limits;
  private final Set<String> names = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private Node current;
  private int attributes;

  DocumentBuild(Document document, ParserLimits limits) {
    this.document = document;
    this.limits = limits;
    this.current = document;
  }

  Document document() {
    return document;
  }

  void take(XMLStreamReader reader, int event) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(reader);
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          characters(reader.getText());
      case XMLStreamConstants.DTD -> throw RefusalException.of(RefusalCause.DOCUMENT_TYPE, "one");
      case XMLStreamConstants.PROCESSING_INSTRUCTION ->
          throw RefusalException.of(RefusalCause.PROCESSING_INSTRUCTION, "one");
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw RefusalException.of(RefusalCause.NOT_WELL_FORMED, "an entity that is not declared");
      default -> {}
    }
  }

  private void start(XMLStreamReader reader) {
    flushText();
    String name = qualified(reader.getPrefix(), reader.getLocalName());
    Element element = document.createElementNS(orNull(reader.getNamespaceURI()), name);
    attributes += reader.getNamespaceCount() + reader.getAttributeCount();
    limit(attributes, limits.elements(), "attributes in all");
    namespaces(reader, element);
    attributes(reader, element);
    limit(names.size(), limits.distinctNames(), "distinct names");
    current.appendChild(element);
    current = element;
  }

  private void end() {
    flushText();
    current = current.getParentNode();
  }

  private void namespaces(XMLStreamReader reader, Element element) {
    limit(reader.getNamespaceCount(), limits.attributes(), "namespaces in one element");
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String uri = reader.getNamespaceURI(i);
      String name = prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix;
      names.add(name);
      element.setAttributeNS(Names.XMLNS, name, uri == null ? "" : uri);
    }
  }

  private void attributes(XMLStreamReader reader, Element element) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String name = qualified(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
      String value = reader.getAttributeValue(i);
      mustBeCharacters(value);
      element.setAttributeNS(orNull(reader.getAttributeNamespace(i)), name, value);
    }
  }

  private String qualified(@Nullable String prefix, String local) {
    String name = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    names.add(name);
    return name;
  }

  private static @Nullable String orNull(@Nullable String namespace) {
    return namespace == null || namespace.isEmpty() ? null : namespace;
  }

  private static void mustBeCharacters(String characters) {
    RefusalException.unless(
        characters.indexOf('\uFFFE') < 0 && characters.indexOf('\uFFFF') < 0,
        RefusalCause.NOT_WELL_FORMED,
        "a character that XML does not know");
  }

  private void characters(String characters) {
    mustBeCharacters(characters);
    text.append(characters);
    limit(text.length(), limits.textLength(), "characters of text in one place");
  }

  private void flushText() {
    if (text.length() > 0 && current != document) {
      limit(secured() ? 0 : text.length(), LONGEST_VALUE, "characters outside of a Security");
      current.appendChild(document.createTextNode(text.toString()));
    }
    text.setLength(0);
  }

  /** Signatures and tokens are long; only they are. Asked of short texts, too, it would cost. */
  private boolean secured() {
    if (text.length() <= LONGEST_VALUE) {
      return false;
    }
    Node above = current;
    while (above instanceof Element element && !Elements.is(element, Names.WSSE, "Security")) {
      above = above.getParentNode();
    }
    return above instanceof Element;
  }

  private static void limit(int count, int limit, String what) {
    RefusalException.unless(
        count <= limit, RefusalCause.TOO_COMPLEX, "more than " + limit + " " + what);
  }
}
