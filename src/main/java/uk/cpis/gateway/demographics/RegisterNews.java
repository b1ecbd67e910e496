package uk.cpis.gateway.demographics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;

/** What a line of the register's file tells that was not known before. Pure. */
final class RegisterNews {

  private RegisterNews() {}

  /**
   * The news of a person: her number stands otherwise than it did (rules 14 and 19), or her mother
   * is known now (rule 15). Corrected names and dates are none.
   */
  static List<DemographicEvent> of(
      NumberStanding stood,
      NumberStanding stands,
      Optional<DemographicPerson> before,
      DemographicPerson now) {
    List<DemographicEvent> news = new ArrayList<>();
    if (!stands.equals(stood)) {
      news.add(new DemographicEvent.StandingChanged(now.number(), stands));
    }
    Optional<NhsNumber> toldMother = before.flatMap(RegisterNews::motherToTell);
    motherToTell(now)
        .filter(mother -> !toldMother.equals(Optional.of(mother)))
        .ifPresent(
            mother -> news.add(new DemographicEvent.Born(now.number(), mother, now.dateOfBirth())));
    return news;
  }

  /** A baby whose own number may not be given to anybody is not told of. */
  private static Optional<NhsNumber> motherToTell(DemographicPerson person) {
    return person.status() == Status.CURRENT ? person.mother() : Optional.empty();
  }
}
