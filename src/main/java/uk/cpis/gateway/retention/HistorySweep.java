package uk.cpis.gateway.retention;

import java.util.Optional;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.store.OutlivedHistory;
import uk.cpis.gateway.store.Transaction;

/**
 * The shown accesses to people of whom no authority holds anything any more, under any of their
 * numbers: no history is left to show (cpis.md §2). It asks for everybody who has a history,
 * because a record may go by a deletion as well as by its time. The audit keeps the accesses.
 */
final class HistorySweep implements Sweep {

  private final int limit;

  HistorySweep(int limit) {
    this.limit = limit;
  }

  @Override
  public String name() {
    return "shownAccesses";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    OutlivedHistory history = tx.retention().history();
    int removed = 0;
    Optional<NhsNumber> person = history.personAfter(from);
    for (int asked = 1; person.isPresent(); asked++) {
      NhsNumber number = person.get();
      removed += removeUnheld(tx, number);
      if (asked == limit || removed >= limit) {
        return new Batch(removed, Optional.of(number.digits()));
      }
      person = history.personAfter(number.digits());
    }
    return new Batch(removed, Optional.empty());
  }

  /** Up to what was there before the question, so that a record made meanwhile keeps its own. */
  private static int removeUnheld(Transaction tx, NhsNumber number) {
    long newest = tx.retention().history().newestOf(number);
    boolean held =
        tx.standings().linked(number).newestFirst().stream().anyMatch(tx.retention().plans()::held);
    return held ? 0 : tx.retention().history().remove(number, newest);
  }
}
