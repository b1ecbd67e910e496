package uk.cpis.gateway.demographics;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * One step from a number of the register towards the one that its person has now.
 *
 * @param status how the number itself stands
 * @param next the number it was merged into
 */
record Chain(Status status, Optional<NhsNumber> next) {

  static Chain of(DemographicPerson person) {
    return new Chain(person.status(), person.replacement());
  }

  /**
   * How a person's number stands by the whole chain of its replacements: where it leads to somebody
   * sensitive, or to a number that is no more valid, no link is given (rules 9, 14 and 19).
   */
  static LookUp lookUp(DemographicPerson person, Function<NhsNumber, Optional<Chain>> known) {
    Set<NhsNumber> seen = new HashSet<>();
    NhsNumber number = person.number();
    Chain at = of(person);
    while (at.status() == Status.SUPERSEDED) {
      if (!seen.add(number) || at.next().isEmpty()) {
        return new LookUp.Superseded(Optional.empty());
      }
      number = at.next().get();
      Optional<Chain> next = known.apply(number);
      if (next.isEmpty()) {
        return new LookUp.Superseded(Optional.of(number));
      }
      at = next.get();
    }
    return at.end(person, number);
  }

  private LookUp end(DemographicPerson person, NhsNumber last) {
    return switch (status) {
      case SENSITIVE -> new LookUp.Sensitive();
      case INVALIDATED -> new LookUp.Invalidated();
      case CURRENT, SUPERSEDED ->
          last.equals(person.number())
              ? new LookUp.Found(person)
              : new LookUp.Superseded(Optional.of(last));
    };
  }

  /** The steps of one file where it has them, else of another source. */
  static Function<NhsNumber, Optional<Chain>> first(
      Map<NhsNumber, Chain> file, Function<NhsNumber, Optional<DemographicPerson>> rest) {
    return number ->
        file.containsKey(number)
            ? Optional.of(file.get(number))
            : rest.apply(number).map(Chain::of);
  }
}
