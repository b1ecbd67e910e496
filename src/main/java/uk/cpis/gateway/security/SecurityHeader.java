package uk.cpis.gateway.security;

import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * The one Security header and its only possible children. Anything else (SAML, user name, encrypted
 * or derived keys, a second signature) is refused here, before any library sees it.
 */
record SecurityHeader(Element timestamp, Optional<Element> token, Element signature) {

  static SecurityHeader read(Envelope envelope) {
    List<Element> found = Elements.children(envelope.header(), Names.WSSE, "Security");
    require(found.size() == 1, found.size() + " in the header");
    Element security = found.get(0);
    require(security.getAttributeNS(Names.SOAP, "actor").isEmpty(), "one for another actor");
    List<Element> signatures = Elements.children(security, Names.DS, "Signature");
    RefusalException.unless(!signatures.isEmpty(), RefusalCause.UNSIGNED, "none");
    List<Element> timestamps = Elements.children(security, Names.WSU, "Timestamp");
    List<Element> tokens = Elements.children(security, Names.WSSE, "BinarySecurityToken");
    require(signatures.size() == 1, signatures.size() + " signatures");
    require(timestamps.size() == 1, timestamps.size() + " timestamps");
    require(tokens.size() <= 1, tokens.size() + " tokens");
    require(Elements.children(security).size() == 2 + tokens.size(), "another element in it");
    require(Elements.hasElementsOnly(security), "text in it");
    return new SecurityHeader(timestamps.get(0), tokens.stream().findFirst(), signatures.get(0));
  }

  private static void require(boolean holds, String found) {
    RefusalException.unless(holds, RefusalCause.SECURITY_HEADER, found);
  }
}
