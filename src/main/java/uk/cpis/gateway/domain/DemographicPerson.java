package uk.cpis.gateway.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A person as demographics know her. A superseded number names its replacement where there is one;
 * an invalidated one never does (cpis.md rule 14); a child may name her mother's number (rule 15).
 */
public record DemographicPerson(
    NhsNumber number,
    String familyName,
    List<String> givenNames,
    LocalDate dateOfBirth,
    Status status,
    Optional<NhsNumber> replacement,
    Optional<NhsNumber> mother) {

  /** How the number stands. */
  public enum Status {
    CURRENT,
    /** Her whereabouts are protected: nothing about her may be loaded. */
    SENSITIVE,
    /** Merged into another number. */
    SUPERSEDED,
    /** No longer valid, as after an adoption; no link to another number exists. */
    INVALIDATED
  }

  /** Copies the list; takes a replacement for a superseded number only, and no circle of one. */
  public DemographicPerson {
    givenNames = List.copyOf(givenNames);
    if (replacement.isPresent() && status != Status.SUPERSEDED) {
      throw new IllegalArgumentException("only a superseded number has a replacement");
    }
    if (replacement.equals(Optional.of(number)) || mother.equals(Optional.of(number))) {
      throw new IllegalArgumentException("a number replaces or bears not itself");
    }
  }

  @Override
  public String toString() {
    return "DemographicPerson[redacted]";
  }
}
