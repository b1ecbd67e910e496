package uk.cpis.gateway.authorisation;

import java.util.Optional;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;

/**
 * The rights of a local authority's system. It speaks for the one it is registered for, whatever a
 * message names, so that nobody can touch another's records.
 */
public final class AuthorityRights {

  private AuthorityRights() {}

  /** Whether this system may do this for the authority that the message names. */
  public static AuthorityRight of(AccreditedSystem system, Interaction interaction, OdsCode named) {
    Optional<OdsCode> own = system.localAuthority();
    if (own.isEmpty() || !system.mayUse(interaction)) {
      return new AuthorityRight.Refused(RejectionReason.INTERACTION_NOT_ALLOWED);
    }
    return own.get().equals(named)
        ? new AuthorityRight.Allowed(named)
        : new AuthorityRight.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED);
  }
}
