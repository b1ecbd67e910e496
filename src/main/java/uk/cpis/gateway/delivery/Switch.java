package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.Store;

/**
 * Takes along what an authority is owed when its notifications are brought in another way: to
 * delivery all that is unsettled, dead letters too, once and in order; to collection nothing,
 * because the store offers it, but its lane is emptied. The way is noted last, so that a process
 * which does not come to its end does it again. Only while nobody takes from the lane.
 */
final class Switch {

  private final Store store;
  private final Lanes lanes;
  private final DeliveryLog log;

  Switch(Store store, Lanes lanes, DeliveryLog log) {
    this.store = store;
    this.lanes = lanes;
    this.log = log;
  }

  /** Every authority that ever was registered. */
  List<OdsCode> known() {
    return store.read(tx -> tx.authorities().all()).stream().map(LocalAuthority::code).toList();
  }

  /** Whether the broker is at work, without which nobody can be switched. */
  boolean canBeDone() {
    return lanes.running();
  }

  /** Whether it was pushed to when that was noted last. */
  Optional<Boolean> wasPushed(OdsCode authority) {
    return store.read(tx -> Optional.ofNullable(tx.authorities().pushed().get(authority)));
  }

  /** Takes up what was given up; what its lane lacks, the check puts there afterwards. */
  void toDelivery(OdsCode authority) {
    Optional<Boolean> before = wasPushed(authority);
    if (before.orElse(false)) {
      return;
    }
    boolean switched = before.isPresent();
    int takenUp =
        store.inTransaction(
            tx -> {
              tx.authorities().notePushed(authority, true);
              tx.attempts().removeOf(authority);
              tx.sendAgainWishes().removeOf(authority);
              return switched ? tx.deadLetters().removeOf(authority) : 0;
            });
    if (switched) {
      log.switchedToDelivery(authority, takenUp);
    }
  }

  /** Empties its lane, of which the relay carried all that it would know again as a repeat. */
  void toCollection(OdsCode authority) {
    boolean known = wasPushed(authority).isPresent();
    int taken = lanes.lane(authority).empty();
    store.change(
        tx -> {
          tx.attempts().removeOf(authority);
          tx.sendAgainWishes().removeOf(authority);
          tx.authorities().notePushed(authority, false);
        });
    if (known || taken > 0) {
      log.switchedToCollection(authority, taken);
    }
  }

  /** Whether something may be in its lane, or nobody noted that it collects. */
  boolean hasToBeEmptied(OdsCode authority) {
    return wasPushed(authority).orElse(true) || lanes.lane(authority).depth() > 0;
  }
}
