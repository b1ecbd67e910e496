package uk.cpis.gateway.store;

import java.util.Optional;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.SubmissionReference;

/**
 * What is kept under a plan's key: the plan, or nothing but the trace of its deletion; and the
 * submission applied to it last, so that an older one never overwrites newer information (rule 18).
 */
public record StoredPlan(Optional<Plan> plan, SubmissionReference applied) {

  public boolean deleted() {
    return plan.isEmpty();
  }
}
