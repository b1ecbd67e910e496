package uk.cpis.gateway.domain;

import java.time.LocalDate;

/** The person of a record as the local authority named her: for an unborn plan, the mother. */
public record Subject(String familyName, String givenName, LocalDate dateOfBirth) {

  private static final int ADULT_AT = 18;

  /**
   * Whether the person is 18 on this day (cpis.md rule 13). Who was born on 29 February comes of
   * age on 1 March where the year has no such day.
   */
  public boolean adultOn(LocalDate day) {
    LocalDate birthday = dateOfBirth.plusYears(ADULT_AT);
    boolean noSuchDay = birthday.getDayOfMonth() != dateOfBirth.getDayOfMonth();
    return !day.isBefore(noSuchDay ? birthday.plusDays(1) : birthday);
  }

  @Override
  public String toString() {
    return "Subject[redacted]";
  }
}
