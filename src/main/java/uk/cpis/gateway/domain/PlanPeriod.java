package uk.cpis.gateway.domain;

import java.time.LocalDate;
import java.util.Optional;

/**
 * When a plan starts and, where known, ends; and by that until when it is visible (cpis.md rule 6).
 * Days are days in Europe/London.
 */
public record PlanPeriod(LocalDate start, Optional<LocalDate> end) {

  private static final int MONTHS_VISIBLE_AFTER_END = 12;

  /** The last day on which a plan that ended on this day is shown: 12 months on by the calendar. */
  public static LocalDate lastVisibleDay(LocalDate end) {
    return end.plusMonths(MONTHS_VISIBLE_AFTER_END);
  }

  /**
   * Whether a loaded plan is shown on this day: until 12 months after its end, that day included.
   */
  public boolean visibleOn(LocalDate today) {
    return end.map(day -> !today.isAfter(lastVisibleDay(day))).orElse(true);
  }

  /** Whether the plan has not ended: the day of its end is still active. */
  public boolean activeOn(LocalDate today) {
    return end.map(day -> !today.isAfter(day)).orElse(true);
  }
}
