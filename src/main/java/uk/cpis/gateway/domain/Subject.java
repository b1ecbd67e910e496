package uk.cpis.gateway.domain;

import java.time.LocalDate;

/** The person of a record as the local authority named her: for an unborn plan, the mother. */
public record Subject(String familyName, String givenName, LocalDate dateOfBirth) {

  private static final int ADULT_AT = 18;

  /** Whether the person is 18 on this day (cpis.md rule 13). */
  public boolean adultOn(LocalDate day) {
    return !day.isBefore(eighteenthBirthday());
  }

  /**
   * The day on which the person comes of age (cpis.md rule 13): who was born on 29 February, on 1
   * March where the year has no such day.
   */
  public LocalDate eighteenthBirthday() {
    LocalDate birthday = dateOfBirth.plusYears(ADULT_AT);
    boolean noSuchDay = birthday.getDayOfMonth() != dateOfBirth.getDayOfMonth();
    return noSuchDay ? birthday.plusDays(1) : birthday;
  }

  @Override
  public String toString() {
    return "Subject[redacted]";
  }
}
