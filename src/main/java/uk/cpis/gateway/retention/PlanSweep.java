package uk.cpis.gateway.retention;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.store.OutlivedPlans;
import uk.cpis.gateway.store.Transaction;

/**
 * Records past their last visible day leave the store (rule 6), each with an entry of its own in
 * the audit, in the form of a deletion's: so that what became of a record is found by person and
 * authority. One authority at a time, in its turn: no submission of it is at work meanwhile.
 */
final class PlanSweep implements Sweep {

  private final LocalDate today;
  private final Audit audit;
  private final int limit;

  PlanSweep(LocalDate today, Audit audit, int limit) {
    this.today = today;
    this.audit = audit;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "records";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    Optional<OdsCode> authority = tx.retention().plans().authorityPast(today);
    if (authority.isEmpty()) {
      return Batch.none();
    }
    tx.authorities().takeTurn(authority.get());
    OutlivedPlans plans = tx.retention().plans();
    Set<PlanKey> going = going(plans, plans.past(authority.get(), today, limit));
    List<PlanKey> gone = going.stream().filter(plans::removeRecord).toList();
    gone.forEach(key -> audit.appendPurge(tx, key));
    return Batch.of(gone.size(), !gone.isEmpty());
  }

  /** Each record with those it took the place of. All questions come before any change. */
  private static Set<PlanKey> going(OutlivedPlans plans, List<PlanKey> past) {
    Set<PlanKey> going = new LinkedHashSet<>();
    for (PlanKey key : past) {
      going.add(key);
      going.addAll(plans.replacedBy(key));
    }
    return going;
  }
}
