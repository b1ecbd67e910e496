package uk.cpis.gateway.security;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;

/** Makes empty documents without a parser for each. Safe for threads. */
public final class Documents {
  private static final DOMImplementation DOCUMENTS = documents();

  private Documents() {}

  /** A document with nothing in it. */
  public static Document empty() {
    return DOCUMENTS.createDocument(null, null, null);
  }

  /** Making a document by it keeps no state, unlike a builder, so threads share it. */
  private static DOMImplementation documents() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .getDOMImplementation();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform makes documents", e);
    }
  }
}
