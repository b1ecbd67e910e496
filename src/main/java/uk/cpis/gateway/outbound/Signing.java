package uk.cpis.gateway.outbound;

import org.w3c.dom.Document;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.security.MessageHeaders;

/** Completes and signs a bare envelope with this side's key of a kind; gives its bytes. */
@FunctionalInterface
public interface Signing {
  byte[] sign(Document envelope, MessageHeaders headers, SignatureKind kind);
}
