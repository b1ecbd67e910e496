package uk.cpis.gateway.store;

import java.util.Optional;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.SubmissionReference;

/**
 * What is kept under a plan's key: the plan, or nothing but the trace of its deletion; and the
 * submission applied to it last, so that an older one never overwrites newer information (rule 18).
 *
 * @param beforeReset whether that was before the authority's sequence began anew
 */
public record StoredPlan(Optional<Plan> plan, SubmissionReference applied, boolean beforeReset) {

  public boolean deleted() {
    return plan.isEmpty();
  }

  /** Whether a submission with a higher number than this was applied in the present sequence. */
  public boolean appliedAfter(long sequenceNumber) {
    return !beforeReset && applied.sequenceNumber() > sequenceNumber;
  }
}
