package uk.cpis.gateway.security;

import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SOAP 1.1 envelope whose parts are found by their position, never by search. */
record Envelope(Document document, Element header, Element body, Element payload) {

  static Envelope read(Document document) {
    Element root = document.getDocumentElement();
    mustBeSoap11(root);
    List<Element> parts = Elements.children(root);
    boolean headerThenBody =
        parts.size() == 2
            && Elements.is(parts.get(0), Names.SOAP, "Header")
            && Elements.is(parts.get(1), Names.SOAP, "Body");
    require(headerThenBody, RefusalCause.ENVELOPE, parts.size() + " elements in the envelope");
    require(Elements.hasElementsOnly(root), RefusalCause.ENVELOPE, "text in the envelope");
    require(Elements.hasElementsOnly(parts.get(0)), RefusalCause.ENVELOPE, "text in the header");
    return new Envelope(document, parts.get(0), parts.get(1), payload(parts.get(1)));
  }

  private static void mustBeSoap11(Element root) {
    require("Envelope".equals(root.getLocalName()), RefusalCause.ENVELOPE, "another root element");
    require(
        Names.SOAP.equals(root.getNamespaceURI()),
        RefusalCause.SOAP_VERSION,
        "an envelope of another namespace");
  }

  private static Element payload(Element body) {
    List<Element> children = Elements.children(body);
    require(children.size() == 1, RefusalCause.BODY, children.size() + " elements");
    require(Elements.hasElementsOnly(body), RefusalCause.BODY, "text beside the element");
    return children.get(0);
  }

  /** Whether the Body holds a SOAP fault. */
  boolean isFault() {
    return Elements.is(payload, Names.SOAP, "Fault");
  }

  /** The same of an envelope that has no headers yet. */
  static boolean bareFault(Document document) {
    return Elements.children(document.getDocumentElement(), Names.SOAP, "Body").stream()
        .anyMatch(body -> !Elements.children(body, Names.SOAP, "Fault").isEmpty());
  }

  private static void require(boolean holds, RefusalCause cause, String found) {
    RefusalException.unless(holds, cause, found);
  }
}
