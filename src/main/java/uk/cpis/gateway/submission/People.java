package uk.cpis.gateway.submission;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.store.Standings;

/**
 * What demographics said of one submission's people, over its rounds. A look-up is made before the
 * transaction that relies on it, and a number may come to stand otherwise between the two: then it
 * is overtaken, and made again. Belongs to one thread.
 */
final class People {

  private static final NumberStanding CURRENT = new NumberStanding.Current();

  private final Map<NhsNumber, LookUp> lookUps = new HashMap<>();

  /** How numbers stood before they were looked up again: of these the look-up is the newer word. */
  private final Map<NhsNumber, NumberStanding> before = new HashMap<>();

  void add(Map<NhsNumber, LookUp> answered) {
    lookUps.putAll(answered);
  }

  Map<NhsNumber, LookUp> lookUps() {
    return Map.copyOf(lookUps);
  }

  /** Those of whom nothing is known yet. */
  Set<NhsNumber> without(Set<NhsNumber> people) {
    Set<NhsNumber> unknown = new HashSet<>(people);
    unknown.removeAll(lookUps.keySet());
    return unknown;
  }

  /**
   * Those who were found current but stand otherwise now, unless they were looked up since. Asked
   * after the records are written: who changes how a number stands writes that first and reads the
   * records then, so that one of the two sees the other's work.
   */
  Map<NhsNumber, NumberStanding> overtaken(Set<NhsNumber> people, Standings standings) {
    Map<NhsNumber, NumberStanding> overtaken = new TreeMap<>();
    for (NhsNumber person : people) {
      if (lookUps.get(person) instanceof LookUp.Found) {
        NumberStanding standing = standings.of(person);
        if (!standing.equals(CURRENT) && !standing.equals(before.get(person))) {
          overtaken.put(person, standing);
        }
      }
    }
    return overtaken;
  }

  /** Has these looked up again, knowing how they stood before. */
  void forget(Map<NhsNumber, NumberStanding> overtaken) {
    before.putAll(overtaken);
    lookUps.keySet().removeAll(overtaken.keySet());
  }

  /** What the look-up of this person says that may be news to others (rules 14 and 19). */
  Optional<DemographicEvent> news(NhsNumber person) {
    return standing(person).map(standing -> new DemographicEvent.StandingChanged(person, standing));
  }

  private Optional<NumberStanding> standing(NhsNumber person) {
    return Optional.ofNullable(lookUps.get(person))
        .flatMap(LookUp::standing)
        .filter(standing -> !standing.equals(CURRENT) || before.containsKey(person));
  }
}
