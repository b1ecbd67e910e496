package uk.cpis.gateway.demographics;

import java.util.Optional;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;

/** How one NHS number stands in demographics. */
public sealed interface LookUp {

  /** A current number, and whose it is. */
  record Found(DemographicPerson person) implements LookUp {}

  /** No such number was ever issued. */
  record NotFound() implements LookUp {}

  /** The person's whereabouts are protected; nothing more is told. */
  record Sensitive() implements LookUp {}

  /** Merged into another number, told where there is one (rule 14). */
  record Superseded(Optional<NhsNumber> replacement) implements LookUp {}

  /** No longer valid; no link to another number is ever given (rule 14). */
  record Invalidated() implements LookUp {}

  /** The look-up of a person who is in the register. */
  static LookUp of(DemographicPerson person) {
    return switch (person.status()) {
      case CURRENT -> new Found(person);
      case SENSITIVE -> new Sensitive();
      case SUPERSEDED -> new Superseded(person.replacement());
      case INVALIDATED -> new Invalidated();
    };
  }
}
