package uk.cpis.gateway.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** The calendar by which plans start, end and leave the answers: Europe/London (cpis.md rule 6). */
public final class LondonDay {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private LondonDay() {}

  /** The moment when it is this time of this day in London; an hour later where it is left out. */
  public static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(LONDON).toInstant();
  }

  /** The day it is in London at this moment. */
  public static LocalDate of(Instant at) {
    return LocalDate.ofInstant(at, LONDON);
  }
}
