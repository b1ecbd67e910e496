package uk.cpis.gateway.security;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Walks a document by position: child elements, their names and their text. */
final class Elements {
  private static final String WHITE_SPACE = " \t\r\n";

  private Elements() {}

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  static List<Element> children(Element parent, String namespace, String name) {
    return children(parent).stream().filter(child -> is(child, namespace, name)).toList();
  }

  static boolean is(Element element, String namespace, String name) {
    return name.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI());
  }

  /** Whether there is no text but white space between the child elements. */
  static boolean hasElementsOnly(Element parent) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element) && !stripped(node.getNodeValue()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the content is text alone. */
  static boolean hasTextOnly(Element element) {
    return children(element).isEmpty();
  }

  static String text(Element element) {
    return stripped(element.getTextContent());
  }

  /**
   * Without the white space of XML at its ends; a blank of another kind is a character like any.
   */
  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
