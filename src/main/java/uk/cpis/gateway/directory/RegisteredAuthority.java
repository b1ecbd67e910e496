package uk.cpis.gateway.directory;

import java.util.Optional;
import uk.cpis.gateway.domain.LocalAuthority;

/**
 * A local authority with its telephones as registered, and how its notifications reach it: pushed
 * to an endpoint of its own, or collected by itself. An endpoint may stay registered while it
 * collects.
 */
public record RegisteredAuthority(
    LocalAuthority authority, Delivery delivery, Optional<AuthorityEndpoint> endpoint) {

  /** Who moves first. */
  public enum Delivery {
    /** The gateway delivers to the authority's endpoint. */
    PUSH,
    /** The authority collects from its mailbox. */
    PULL
  }

  /** Takes an authority to push to only with an endpoint. */
  public RegisteredAuthority {
    if (delivery == Delivery.PUSH && endpoint.isEmpty()) {
      throw new IllegalArgumentException("an authority to push to needs an endpoint");
    }
  }

  /** The same, told in this way. */
  public RegisteredAuthority told(Delivery way, Optional<AuthorityEndpoint> at) {
    return new RegisteredAuthority(authority, way, at);
  }
}
