package uk.cpis.gateway.retention;

import java.time.Instant;
import uk.cpis.gateway.store.Transaction;

/**
 * The acknowledgements of submissions go with the memory of their messages. The same number sent
 * again after that is looked at record by record (rules 10 and 18): what still stands is
 * acknowledged as loaded, and what was overtaken, deleted or purged since is not made again.
 */
final class SubmissionSweep implements Sweep {

  /** A submission has up to a thousand records, and all of them go with it. */
  private static final int MOST_TOGETHER = 5;

  private final Instant askedBefore;

  SubmissionSweep(Instant askedBefore) {
    this.askedBefore = askedBefore;
  }

  @Override
  public String name() {
    return "submissions";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    int removed = tx.retention().messages().removeSubmissions(askedBefore, MOST_TOGETHER);
    return Batch.of(removed, removed == MOST_TOGETHER);
  }
}
