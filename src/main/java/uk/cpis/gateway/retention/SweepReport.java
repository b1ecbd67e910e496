package uk.cpis.gateway.retention;

import java.time.Instant;
import java.util.List;

/** What a sweep of the store did, kind by kind. */
public record SweepReport(Instant begunAt, Instant endedAt, List<Swept> swept) {

  /** How one kind of sweep ended. */
  public enum Ending {
    /** Nothing of its kind is left that has to go. */
    DONE,
    /** Told to stop; the next sweep takes up what is left. */
    STOPPED,
    /** The store failed; what was removed before stays so, and the next sweep takes up the rest. */
    FAILED
  }

  /**
   * One kind of sweep.
   *
   * @param what what went, in the plural
   * @param removed how many
   */
  public record Swept(String what, long removed, Ending ending) {}

  /** Copies the list. */
  public SweepReport {
    swept = List.copyOf(swept);
  }

  /** Whether everything was swept to its end. */
  public boolean complete() {
    return swept.stream().allMatch(each -> each.ending() == Ending.DONE);
  }

  /** How many of this kind went; 0 for a kind that was not swept. */
  public long removed(String what) {
    return swept.stream().filter(each -> each.what().equals(what)).mapToLong(Swept::removed).sum();
  }
}
