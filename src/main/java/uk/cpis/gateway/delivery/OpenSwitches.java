package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The switches between delivery and collection that are begun and not done, since when, and which
 * of them failed. By the relay's thread only, except for {@link #openFor}.
 */
final class OpenSwitches {

  private final Duration pause;
  private final DeliveryLog log;

  /** The moment of a clock that never jumps. */
  private final Map<OdsCode, Long> begun = new ConcurrentSkipListMap<>();

  private final Set<OdsCode> failed = new TreeSet<>();
  private long tryFrom = System.nanoTime();

  /**
   * @param pause how long nothing is tried after one failed
   */
  OpenSwitches(Duration pause, DeliveryLog log) {
    this.pause = pause;
    this.log = log;
  }

  void begin(OdsCode authority) {
    begun.putIfAbsent(authority, System.nanoTime());
  }

  void done(OdsCode authority) {
    begun.remove(authority);
    failed.remove(authority);
  }

  /** Only these have anything left to do. */
  void keep(Collection<OdsCode> authorities) {
    begun.keySet().retainAll(authorities);
    failed.retainAll(authorities);
  }

  /** It is tried again after a pause, and told once. */
  void failed(OdsCode authority, RuntimeException cause) {
    tryFrom = System.nanoTime() + pause.toNanos();
    if (failed.add(authority)) {
      log.switchFailed(authority, cause);
    }
  }

  /** Whether one failed a moment ago. */
  boolean pausing() {
    return System.nanoTime() - tryFrom < 0;
  }

  /** Whose switch has not come to its end for so long; from any thread. */
  List<OdsCode> openFor(Duration atLeast) {
    long now = System.nanoTime();
    return begun.entrySet().stream()
        .filter(each -> now - each.getValue() >= atLeast.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }
}
