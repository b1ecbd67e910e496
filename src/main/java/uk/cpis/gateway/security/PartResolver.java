package uk.cpis.gateway.security;

import java.util.Map;
import org.apache.xml.security.signature.XMLSignatureInput;
import org.apache.xml.security.signature.XMLSignatureNodeInput;
import org.apache.xml.security.utils.resolver.ResourceResolverContext;
import org.apache.xml.security.utils.resolver.ResourceResolverException;
import org.apache.xml.security.utils.resolver.ResourceResolverSpi;
import org.w3c.dom.Element;

/**
 * Gives the signature library the very elements that were found by position, and nothing else. It
 * claims every reference, so that no other resolver is ever asked.
 */
final class PartResolver extends ResourceResolverSpi {
  private final Map<String, Element> parts;

  PartResolver(Map<String, Element> parts) {
    this.parts = Map.copyOf(parts);
  }

  @Override
  public boolean engineCanResolveURI(ResourceResolverContext context) {
    return true;
  }

  @Override
  public XMLSignatureInput engineResolveURI(ResourceResolverContext context)
      throws ResourceResolverException {
    Element part = parts.get(String.valueOf(context.uriToResolve));
    if (part == null) {
      throw new ResourceResolverException("no such part", "", context.baseUri);
    }
    XMLSignatureInput input = new XMLSignatureNodeInput(part);
    input.setExcludeComments(true);
    input.setSecureValidation(context.secureValidation);
    return input;
  }
}
