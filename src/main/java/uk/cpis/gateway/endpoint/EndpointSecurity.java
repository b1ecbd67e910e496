package uk.cpis.gateway.endpoint;

import java.util.Set;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.ServerSecurity;

/** Makes the security of one endpoint, whose addresses are known when its port is. */
@FunctionalInterface
public interface EndpointSecurity {

  /** The security of an endpoint that is reached at these addresses. */
  ServerSecurity of(Set<String> addresses, ParserLimits limits, ServerSecurity.Refusals refusals);
}
