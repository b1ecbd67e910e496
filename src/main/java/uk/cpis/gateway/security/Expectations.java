package uk.cpis.gateway.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;

/** What a receiver expects of a message: whom it is for and which operation it may be. */
public sealed interface Expectations {

  /**
   * A request to an endpoint.
   *
   * @param addresses what {@code wsa:To} may be, so that a test message cannot reach a live gateway
   * @param soapAction the SOAPAction header as it came; absent or empty it states nothing
   */
  record Request(Set<String> addresses, List<Operation> operations, Optional<String> soapAction)
      implements Expectations {

    /** Copies, so that it cannot change behind its back. */
    public Request {
      addresses = Set.copyOf(addresses);
      operations = List.copyOf(operations);
    }
  }

  /**
   * The reply to a message that was sent, or a fault instead of it.
   *
   * @param partner by which certificates it may be signed
   */
  record Reply(Operation operation, MessageId sent, Predicate<CertificateFingerprint> partner)
      implements Expectations {}
}
