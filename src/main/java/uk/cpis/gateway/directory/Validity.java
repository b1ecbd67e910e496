package uk.cpis.gateway.directory;

import java.time.Instant;
import java.util.Optional;

/**
 * From when on, and until just before when, something registered counts; open where it is empty.
 */
public record Validity(Optional<Instant> from, Optional<Instant> until) {

  /** Without a beginning and an end. */
  public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

  /** Takes an end that is after the beginning. */
  public Validity {
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("a validity ends after it begins");
    }
  }

  /** Whether it counts at this moment. */
  public boolean holds(Instant at) {
    return from.filter(at::isBefore).isEmpty() && until.filter(end -> !at.isBefore(end)).isEmpty();
  }

  /** The same with this end. */
  public Validity endingAt(Instant end) {
    return new Validity(from, Optional.of(end));
  }

  @Override
  public String toString() {
    return from.map(at -> " from " + at).orElse("") + until.map(at -> " until " + at).orElse("");
  }
}
