package uk.cpis.gateway.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.store.OutlivedPlans;
import uk.cpis.gateway.store.Transaction;

/**
 * The traces of deleted records go, when submissions that are late by so much are not to be
 * expected any more. Their deletion stays in the audit (rule 12).
 */
final class TraceSweep implements Sweep {

  private final Instant deletedBefore;
  private final int limit;

  TraceSweep(Instant deletedBefore, int limit) {
    this.deletedBefore = deletedBefore;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "traces";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    OutlivedPlans plans = tx.retention().plans();
    Optional<OdsCode> authority = plans.authorityOfTrace(deletedBefore);
    if (authority.isEmpty()) {
      return Batch.none();
    }
    tx.authorities().takeTurn(authority.get());
    List<PlanKey> going = plans.traces(authority.get(), deletedBefore, limit);
    int removed = (int) going.stream().filter(plans::removeTrace).count();
    return Batch.of(removed, removed > 0);
  }
}
