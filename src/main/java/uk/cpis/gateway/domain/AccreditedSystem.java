package uk.cpis.gateway.domain;

import java.util.Optional;
import java.util.Set;

/**
 * A registered system: who it is, for whom it may speak and what it may do. A system of a local
 * authority names that authority; a clinical system names none.
 */
public record AccreditedSystem(
    Asid asid,
    String name,
    Optional<OdsCode> localAuthority,
    Set<OdsCode> organisations,
    Set<Interaction> interactions,
    Set<ActivityCode> activityCodes,
    Optional<CareSetting> defaultSetting,
    Optional<String> minimumProductVersion,
    SignatureKind signatureKind) {

  /** Copies the sets, so that the registration cannot change behind its back. */
  public AccreditedSystem {
    organisations = Set.copyOf(organisations);
    interactions = Set.copyOf(interactions);
    activityCodes = Set.copyOf(activityCodes);
  }

  public boolean mayUse(Interaction interaction) {
    return interactions.contains(interaction);
  }

  /** Whether an author of this organisation may ask through this system (cpis.md rule 2). */
  public boolean speaksFor(OdsCode organisation) {
    return organisations.contains(organisation);
  }
}
