package uk.cpis.gateway.crash;

import java.util.List;

/**
 * What a check found.
 *
 * @param broken each invariant that does not hold, with the ids it fails for
 * @param counts "N in = N recorded, M owed = M acknowledged", as counted
 */
public record Verdict(List<String> broken, Counts counts) {

  /**
   * What was counted.
   *
   * @param in answered queries, each once
   * @param recorded accesses of these
   * @param accesses of all, those of queries of unknown end with them
   * @param owed notifications
   * @param acknowledged settlements of what an authority saw
   * @param submissions acknowledged updates and deletions
   */
  public record Counts(
      long in, long recorded, long accesses, long owed, long acknowledged, long submissions) {

    @Override
    public String toString() {
      return "%d in = %d recorded (and %d of unknown end), %d owed = %d acknowledged, %d submissions"
          .formatted(in, recorded, accesses - recorded, owed, acknowledged, submissions);
    }
  }

  public boolean holds() {
    return broken.isEmpty();
  }

  @Override
  public String toString() {
    return counts + (holds() ? ": every invariant holds" : "\n  " + String.join("\n  ", broken));
  }
}
