package uk.cpis.gateway.demographics;

import java.util.Optional;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;

/** How one NHS number stands in demographics. */
public sealed interface LookUp {

  /** A current number, and whose it is. */
  record Found(DemographicPerson person) implements LookUp {}

  /** A current number, of whose person too little is known to match anybody with her (rule 9). */
  record Incomplete() implements LookUp {}

  /** No such number was ever issued. */
  record NotFound() implements LookUp {}

  /** The person's whereabouts are protected; nothing more is told. */
  record Sensitive() implements LookUp {}

  /** Merged into another number: the newest of the person, told where there is one (rule 14). */
  record Superseded(Optional<NhsNumber> replacement) implements LookUp {}

  /** No longer valid; no link to another number is ever given (rule 14). */
  record Invalidated() implements LookUp {}

  /** How the number stands for what the gateway holds under it; nothing of an unknown number. */
  default Optional<NumberStanding> standing() {
    if (this instanceof Superseded superseded) {
      return Optional.of(new NumberStanding.Superseded(superseded.replacement()));
    } else if (this instanceof Invalidated) {
      return Optional.of(new NumberStanding.Invalidated());
    } else if (this instanceof Sensitive) {
      return Optional.of(new NumberStanding.Sensitive());
    }
    return this instanceof NotFound ? Optional.empty() : Optional.of(new NumberStanding.Current());
  }
}
