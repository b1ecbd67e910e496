package uk.cpis.gateway.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.MessageId;

/**
 * The WS-Addressing headers of one message, of one version. Only these are ever read; others may be
 * there and are not acted on.
 */
record Addressing(
    AddressingVersion version,
    Element action,
    Element messageId,
    Element to,
    List<Element> relatesTo) {

  static Addressing read(Envelope envelope) {
    AddressingVersion version = version(envelope.header());
    Addressing addressing =
        new Addressing(
            version,
            once(envelope, version, "Action"),
            once(envelope, version, "MessageID"),
            once(envelope, version, "To"),
            Elements.children(envelope.header(), version.namespace(), "RelatesTo"));
    mustReplyHere(envelope, version, "ReplyTo");
    mustReplyHere(envelope, version, "FaultTo");
    return addressing;
  }

  /** The message id in the form the sender gave it, which a reply's RelatesTo repeats. */
  String messageIdAsSent() {
    return Elements.text(messageId);
  }

  MessageId id() {
    return MessageId.ofWire(messageIdAsSent())
        .orElseThrow(
            () -> RefusalException.of(RefusalCause.MESSAGE_ID, "no UUID with its dashes in it"));
  }

  private static AddressingVersion version(Element header) {
    Set<AddressingVersion> versions = EnumSet.noneOf(AddressingVersion.class);
    for (Element block : Elements.children(header)) {
      String namespace = block.getNamespaceURI();
      if (namespace != null) {
        AddressingVersion.ofNamespace(namespace).ifPresent(versions::add);
      }
    }
    RefusalException.unless(!versions.isEmpty(), RefusalCause.ADDRESSING, "neither version");
    RefusalException.unless(versions.size() == 1, RefusalCause.ADDRESSING, "both versions");
    return versions.iterator().next();
  }

  private static Element once(Envelope envelope, AddressingVersion version, String name) {
    List<Element> found = Elements.children(envelope.header(), version.namespace(), name);
    RefusalException.unless(
        found.size() == 1, RefusalCause.ADDRESSING, name + " " + found.size() + " times");
    Element element = found.get(0);
    boolean said = Elements.hasTextOnly(element) && !Elements.text(element).isEmpty();
    RefusalException.unless(said, RefusalCause.ADDRESSING, name + " without a value");
    return element;
  }

  private static void mustReplyHere(Envelope envelope, AddressingVersion version, String name) {
    List<Element> found = Elements.children(envelope.header(), version.namespace(), name);
    RefusalException.unless(
        found.size() <= 1, RefusalCause.REPLY_ADDRESS, name + " " + found.size() + " times");
    for (Element endpoint : found) {
      List<Element> addresses = Elements.children(endpoint, version.namespace(), "Address");
      boolean anonymous =
          addresses.size() == 1 && version.anonymous().equals(Elements.text(addresses.get(0)));
      RefusalException.unless(
          anonymous, RefusalCause.REPLY_ADDRESS, name + " with another address");
    }
  }
}
