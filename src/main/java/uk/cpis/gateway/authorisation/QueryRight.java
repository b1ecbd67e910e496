package uk.cpis.gateway.authorisation;

import java.util.Optional;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.RejectionReason;

/** What a sender may do with a query. */
public sealed interface QueryRight {

  /** Allowed, told to the authorities or silent, in the setting that counted (rule 3). */
  record Allowed(AccessMode mode, Optional<CareSetting> setting) implements QueryRight {}

  /** Not allowed; nothing may be read. */
  record Refused(RejectionReason reason) implements QueryRight {}
}
