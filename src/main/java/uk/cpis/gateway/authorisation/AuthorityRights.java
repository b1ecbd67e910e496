package uk.cpis.gateway.authorisation;

import java.util.Optional;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;

/**
 * The rights of a local authority's system. The authority is the registered one, never one that a
 * message names, so that nobody can touch another's records.
 */
public final class AuthorityRights {

  private AuthorityRights() {}

  /** The authority this system speaks for in this interaction, or why it may not. */
  public static AuthorityRight of(AccreditedSystem system, Interaction interaction) {
    Optional<OdsCode> authority =
        system.localAuthority().filter(code -> system.mayUse(interaction));
    return authority.isPresent()
        ? new AuthorityRight.Allowed(authority.get())
        : new AuthorityRight.Refused(RejectionReason.INTERACTION_NOT_ALLOWED);
  }

  /**
   * The same, for a message that names a user: the user's organisation must be the system's own.
   */
  public static AuthorityRight of(
      AccreditedSystem system, Interaction interaction, OdsCode organisationOfUser) {
    AuthorityRight right = of(system, interaction);
    boolean foreign =
        right instanceof AuthorityRight.Allowed allowed
            && !allowed.authority().equals(organisationOfUser)
            && !system.speaksFor(organisationOfUser);
    return foreign ? new AuthorityRight.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED) : right;
  }
}
