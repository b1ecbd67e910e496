package uk.cpis.gateway.retention;

import java.util.Optional;

/**
 * What one transaction of a sweep did.
 *
 * @param removed how many things of its kind went
 * @param next from where the next one goes on; empty when nothing is left
 */
record Batch(int removed, Optional<String> next) {

  /** Of a sweep whose question finds what is left by itself. */
  static Batch of(int removed, boolean more) {
    return new Batch(removed, more ? Optional.of(Sweep.START) : Optional.empty());
  }

  /** Nothing was there to be done. */
  static Batch none() {
    return new Batch(0, Optional.empty());
  }
}
