package uk.cpis.gateway.domain;

import java.util.Optional;

/** How an NHS number stands by what demographics last said of it (cpis.md rules 14 and 19). */
public sealed interface NumberStanding {

  /** An ordinary number, of which nothing special is known. */
  record Current() implements NumberStanding {}

  /**
   * Merged into another number, told where there is one: the records of both are one person's (rule
   * 14).
   */
  record Superseded(Optional<NhsNumber> replacement) implements NumberStanding {}

  /** No longer valid, as after an adoption: nothing is shown, and no link ever given (rule 14). */
  record Invalidated() implements NumberStanding {}

  /** The person's whereabouts are protected: her records are withdrawn (rule 19). */
  record Sensitive() implements NumberStanding {}
}
