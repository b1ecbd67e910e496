package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.queue.LaneDelivery;

/**
 * The notifications of one lane that wait on clocks of their own while the lane flows: never more
 * than so many. Guarded by itself.
 */
final class SetAside {

  private record Waiting(LaneDelivery delivery, Due due) {}

  private final int most;
  private final InstantSource clock;
  private final Map<NotificationId, Waiting> waiting = new LinkedHashMap<>();

  SetAside(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  synchronized void put(LaneDelivery delivery, Due due) {
    waiting.put(delivery.id(), new Waiting(delivery, due));
  }

  /** The one whose time came first; it is set aside no longer. */
  synchronized Optional<LaneDelivery> takeDue() {
    Optional<LaneDelivery> due =
        first().filter(each -> each.due().hasCome(clock)).map(Waiting::delivery);
    due.ifPresent(delivery -> waiting.remove(delivery.id()));
    return due;
  }

  synchronized Optional<Due> next() {
    return first().map(Waiting::due);
  }

  private Optional<Waiting> first() {
    return waiting.values().stream().min(Comparator.comparing(each -> each.due().at()));
  }

  synchronized boolean holds(NotificationId id) {
    return waiting.containsKey(id);
  }

  synchronized boolean full() {
    return waiting.size() >= most;
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Makes each of them due at once. */
  synchronized void hurry() {
    Due now = Due.in(Duration.ZERO, clock);
    waiting.replaceAll((id, each) -> new Waiting(each.delivery(), now));
  }

  /** Forgets them: the lane will bring them again. */
  synchronized void clear() {
    waiting.clear();
  }
}
