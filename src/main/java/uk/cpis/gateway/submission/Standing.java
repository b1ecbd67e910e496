package uk.cpis.gateway.submission;

import java.time.LocalDate;
import java.util.Optional;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.store.StoredPlan;

/**
 * How a plan that was sent stands to what is held under its key; decides what must be checked. What
 * is past its last visible day counts as removed, whether the sweep has come by or not (rule 6).
 */
enum Standing {
  /** The same again: nothing changes, whatever demographics say by now (rule 10). */
  UNCHANGED,
  /** A newer submission was applied to this record before (rule 18). */
  OUTDATED,
  /** Ends a record that is held, or corrects its end: demographics are not asked (rule 12). */
  ENDING,
  /** A new record, or a change of one: everything is checked. */
  NEW;

  static Standing of(Plan sent, Optional<StoredPlan> held, LocalDate today) {
    Optional<Plan> plan = held.flatMap(StoredPlan::plan).filter(known -> known.visibleOn(today));
    if (plan.filter(known -> sameContent(sent, known)).isPresent()) {
      return UNCHANGED;
    }
    if (held.filter(known -> known.appliedAfter(sent.submission().sequenceNumber())).isPresent()) {
      return OUTDATED;
    }
    return plan.isPresent() && sent.period().end().isPresent() ? ENDING : NEW;
  }

  private static boolean sameContent(Plan one, Plan other) {
    return one.period().equals(other.period())
        && one.subject().equals(other.subject())
        && one.localIdentifier().equals(other.localIdentifier());
  }
}
