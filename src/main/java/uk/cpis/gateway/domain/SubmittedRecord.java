package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * One record of a submission as it was sent: every value is text that may be missing or wrong, so
 * that a bad value costs one record only (cpis.md rule 8). A deletion needs number and type only.
 */
public record SubmittedRecord(
    Optional<String> localIdentifier,
    Optional<String> nhsNumber,
    Optional<String> planType,
    Optional<String> startDate,
    Optional<String> endDate,
    Optional<String> familyName,
    Optional<String> givenName,
    Optional<String> dateOfBirth) {

  @Override
  public String toString() {
    return "SubmittedRecord[redacted]";
  }
}
