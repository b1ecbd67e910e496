package uk.cpis.gateway.domain;

import java.time.LocalDate;

/** What demographics report apart from look-ups: news of a number the gateway may hold. */
public sealed interface DemographicEvent {

  /** A number stands otherwise than before (rules 14 and 19). */
  record StandingChanged(NhsNumber number, NumberStanding standing) implements DemographicEvent {}

  /**
   * A baby was born to this mother on that day and has a number of its own (rule 15). The day tells
   * a birth from an older child whose mother became known late.
   */
  record Born(NhsNumber baby, NhsNumber mother, LocalDate dateOfBirth)
      implements DemographicEvent {}
}
