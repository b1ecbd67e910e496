package uk.cpis.gateway.authorisation;

import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;

/** What a sender may do as a local authority's system. */
public sealed interface AuthorityRight {

  /** Allowed, for this authority's own records only (rule 10). */
  record Allowed(OdsCode authority) implements AuthorityRight {}

  /** Not allowed; nothing may be read or changed. */
  record Refused(RejectionReason reason) implements AuthorityRight {}
}
