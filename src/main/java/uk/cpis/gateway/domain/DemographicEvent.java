package uk.cpis.gateway.domain;

/** What demographics report apart from look-ups: news of a number the gateway may hold. */
public sealed interface DemographicEvent {

  /** A number stands otherwise than before (rules 14 and 19). */
  record StandingChanged(NhsNumber number, NumberStanding standing) implements DemographicEvent {}

  /** A baby was born to this mother and has a number of its own (rule 15). */
  record Born(NhsNumber baby, NhsNumber mother) implements DemographicEvent {}
}
