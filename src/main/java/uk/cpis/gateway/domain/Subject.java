package uk.cpis.gateway.domain;

import java.time.LocalDate;

/** The person of a record as the local authority named her: for an unborn plan, the mother. */
public record Subject(String familyName, String givenName, LocalDate dateOfBirth) {

  @Override
  public String toString() {
    return "Subject[redacted]";
  }
}
