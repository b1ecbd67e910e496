package uk.cpis.gateway.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a whole run found out.
 *
 * @param covered the parts that the signature of a query covers
 */
record Measured(Load warmUp, Load load, Delivered delivered, List<String> covered) {

  /** Whether every query was answered and every notification settled. */
  boolean asItShould() {
    return errors().isEmpty() && delivered.settled() == delivered.owed();
  }

  /** Everything that was no answer, of warm-up and load. */
  List<String> errors() {
    return Stream.concat(warmUp.errors().stream(), load.errors().stream()).toList();
  }
}
