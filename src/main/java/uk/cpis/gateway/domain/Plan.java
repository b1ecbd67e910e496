package uk.cpis.gateway.domain;

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

  /** Says whose it is and whence it came, nothing of the person. */
  @Override
  public String toString() {
    return "Plan[" + key + ", " + submission + "]";
  }
}
