package uk.cpis.gateway.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.SignatureKind;

class AuthorityRightsTest {

  private static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  private static final OdsCode HACKNEY = new OdsCode("HCK");

  @Test
  void aSystemSpeaksForTheAuthorityItIsRegisteredFor() {
    AccreditedSystem system = system(Optional.of(TOWER_HAMLETS), Interaction.UPDATE);
    assertThat(AuthorityRights.of(system, Interaction.UPDATE, TOWER_HAMLETS))
        .isEqualTo(new AuthorityRight.Allowed(TOWER_HAMLETS));
  }

  @Test
  void refusesAnInteractionTheSystemIsNotRegisteredFor() {
    AccreditedSystem system = system(Optional.of(TOWER_HAMLETS), Interaction.UPDATE);
    assertThat(AuthorityRights.of(system, Interaction.DELETE, TOWER_HAMLETS))
        .isEqualTo(new AuthorityRight.Refused(RejectionReason.INTERACTION_NOT_ALLOWED));
  }

  @Test
  void refusesAClinicalSystemThatSpeaksForNoAuthority() {
    AccreditedSystem system = system(Optional.empty(), Interaction.UPDATE);
    assertThat(AuthorityRights.of(system, Interaction.UPDATE, TOWER_HAMLETS))
        .isEqualTo(new AuthorityRight.Refused(RejectionReason.INTERACTION_NOT_ALLOWED));
  }

  @Test
  void refusesToSpeakForAnotherAuthority() {
    AccreditedSystem system = system(Optional.of(TOWER_HAMLETS), Interaction.UPDATE);
    assertThat(AuthorityRights.of(system, Interaction.UPDATE, HACKNEY))
        .isEqualTo(new AuthorityRight.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
  }

  private static AccreditedSystem system(Optional<OdsCode> authority, Interaction... interactions) {
    return new AccreditedSystem(
        new Asid("200000000201"),
        "Test system",
        authority,
        Set.of(new OdsCode("TWH01")),
        Set.of(interactions),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        SignatureKind.RSA);
  }
}
