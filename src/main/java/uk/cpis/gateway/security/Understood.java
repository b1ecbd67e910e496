package uk.cpis.gateway.security;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/** Which header blocks are understood, and the refusal of one that must be and is not. */
final class Understood {
  private static final QName SECURITY = new QName(Names.WSSE, "Security");
  private static final Set<String> ADDRESSING =
      Set.of("Action", "MessageID", "To", "From", "RelatesTo", "ReplyTo", "FaultTo");

  /** Every header block this package takes care of. */
  static final Set<QName> HEADERS =
      Stream.concat(
              Stream.of(SECURITY),
              Stream.of(AddressingVersion.values())
                  .flatMap(
                      version ->
                          ADDRESSING.stream().map(name -> new QName(version.namespace(), name))))
          .collect(Collectors.toUnmodifiableSet());

  private Understood() {}

  static void check(Envelope envelope) {
    for (Element block : Elements.children(envelope.header())) {
      QName name = new QName(block.getNamespaceURI(), block.getLocalName());
      RefusalException.unless(
          HEADERS.contains(name) || !isDemanded(block),
          RefusalCause.HEADER_NOT_UNDERSTOOD,
          "another header that demands to be understood");
    }
  }

  private static boolean isDemanded(Element block) {
    String demand = block.getAttributeNS(Names.SOAP, "mustUnderstand").strip();
    String actor = block.getAttributeNS(Names.SOAP, "actor").strip();
    boolean forUs = actor.isEmpty() || actor.equals(Names.ACTOR_NEXT);
    return forUs && (demand.equals("1") || demand.equals("true"));
  }
}
