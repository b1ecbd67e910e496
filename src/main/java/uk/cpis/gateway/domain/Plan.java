package uk.cpis.gateway.domain;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One record of one authority: what it sent last about one person and one type of plan, and by
 * which submission.
 */
public record Plan(
    PlanKey key,
    PlanPeriod period,
    Subject subject,
    Optional<String> localIdentifier,
    SubmissionReference submission) {

  /**
   * The last day on which the record is shown: 12 months after its end or, for a child's plan,
   * after the 18th birthday where that comes first (cpis.md rules 6 and 13). Empty as long as no
   * end is known.
   */
  public Optional<LocalDate> lastVisibleDay() {
    return endInTheLongRun().map(PlanPeriod::lastVisibleDay);
  }

  /** Whether the record, once loaded, is shown on this day, that of its disappearance excluded. */
  public boolean visibleOn(LocalDate today) {
    return lastVisibleDay().map(last -> !today.isAfter(last)).orElse(true);
  }

  /**
   * Whether the plan is in force on this day. The day of an end that was sent is still active; a
   * child's plan is over when the 18th birthday begins.
   */
  public boolean activeOn(LocalDate today) {
    return period.activeOn(today) && !endedByAgeOn(today);
  }

  /**
   * The record as it is shown on this day: a child's plan of an adult ended on the 18th birthday,
   * whatever its authority sent (cpis.md rule 13). This is worked out on each day and never stored,
   * so that no job can be late with it.
   */
  public Plan shownOn(LocalDate today) {
    return endedByAgeOn(today)
        ? new Plan(
            key,
            new PlanPeriod(period.start(), endInTheLongRun()),
            subject,
            localIdentifier,
            submission)
        : this;
  }

  private boolean endedByAgeOn(LocalDate today) {
    return key.type().endsAtEighteen() && subject.adultOn(today);
  }

  /** The end that was sent or the 18th birthday, whichever comes first. */
  private Optional<LocalDate> endInTheLongRun() {
    if (!key.type().endsAtEighteen()) {
      return period.end();
    }
    LocalDate birthday = subject.eighteenthBirthday();
    return Optional.of(period.end().filter(end -> end.isBefore(birthday)).orElse(birthday));
  }

  /** Says whose it is and whence it came, nothing of the person. */
  @Override
  public String toString() {
    return "Plan[" + key + ", " + submission + "]";
  }
}
