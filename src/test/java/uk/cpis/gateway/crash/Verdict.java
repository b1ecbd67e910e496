package uk.cpis.gateway.crash;

import java.util.List;

/**
 * What a check found.
 *
 * @param broken each invariant that does not hold, with the ids it fails for
 * @param counts "N in = N recorded, M owed = M acknowledged", as counted
 */
public record Verdict(List<String> broken, String counts) {

  public boolean holds() {
    return broken.isEmpty();
  }

  @Override
  public String toString() {
    return counts + (holds() ? ": every invariant holds" : "\n  " + String.join("\n  ", broken));
  }
}
