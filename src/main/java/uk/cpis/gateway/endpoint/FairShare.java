package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how much is in flight, fairly per sender: a sender may hold no more than its limit and no
 * more than what is still free, so that there is room for a newcomer while others are busy. Shared
 * between threads.
 */
final class FairShare<K> {

  private final int total;
  private final int perSender;
  private final Map<K, Integer> held = new HashMap<>();
  private int inFlight;

  FairShare(int total, int perSender) {
    this.total = total;
    this.perSender = perSender;
  }

  /** Lets one more in; false when this sender has its share. Each true needs one release. */
  synchronized boolean admit(K sender) {
    int mine = held.getOrDefault(sender, 0);
    if (mine >= Math.min(perSender, total - inFlight)) {
      return false;
    }
    held.put(sender, mine + 1);
    inFlight++;
    return true;
  }

  synchronized void release(K sender) {
    held.computeIfPresent(sender, (key, mine) -> mine == 1 ? null : mine - 1);
    inFlight--;
  }
}
