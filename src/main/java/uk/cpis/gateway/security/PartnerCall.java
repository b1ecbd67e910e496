package uk.cpis.gateway.security;

import java.util.Map;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;

/**
 * One call to a partner: how its request is addressed, and by which certificates the answer may be
 * signed. The action follows from the operation called.
 */
public record PartnerCall(
    AddressingVersion version,
    MessageId messageId,
    String to,
    Predicate<CertificateFingerprint> partner) {
  static final String KEY = PartnerCall.class.getName();

  /** Sets this for the next call through a proxy, in its request context. */
  public void applyTo(Map<String, Object> requestContext) {
    requestContext.put(KEY, this);
  }
}
