package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.Store;

/**
 * Notices at the start whose notifications are brought in another way than last time, and takes
 * what is owed along: to delivery all that is unsettled, dead letters too, once and in order; to
 * collection nothing, because the store offers it, but its lane is emptied. The way is noted last,
 * so that a start which does not come to its end does it again.
 */
final class Switching {

  private final Store store;
  private final Lanes lanes;
  private final Predicate<OdsCode> pushed;
  private final DeliveryLog log;
  private final List<OdsCode> authorities;
  private final Map<OdsCode, Boolean> noted;

  private Switching(
      Store store,
      Lanes lanes,
      Predicate<OdsCode> pushed,
      DeliveryLog log,
      List<OdsCode> authorities,
      Map<OdsCode, Boolean> noted) {
    this.store = store;
    this.lanes = lanes;
    this.pushed = pushed;
    this.log = log;
    this.authorities = authorities;
    this.noted = noted;
  }

  /** Compares the way that was noted with the way of now. */
  static Switching of(Store store, Lanes lanes, Predicate<OdsCode> pushed, DeliveryLog log) {
    List<OdsCode> authorities =
        store.read(tx -> tx.authorities().all()).stream().map(LocalAuthority::code).toList();
    Map<OdsCode, Boolean> noted = store.read(tx -> tx.authorities().pushed());
    return new Switching(store, lanes, pushed, log, authorities, noted);
  }

  /** Takes up what was given up; what its lane lacks, the check puts there afterwards. */
  void toDelivery() {
    authorities.stream()
        .filter(pushed)
        .filter(authority -> !wasPushed(authority).orElse(false))
        .forEach(this::toDelivery);
  }

  private void toDelivery(OdsCode authority) {
    boolean switched = wasPushed(authority).isPresent();
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

  /**
   * Empties the lanes of those that collect. Before that the relay catches up: what it sent and
   * forgot to note it would send once more, and the broker would drop it, should the authority ever
   * be switched back.
   */
  void toCollection(LaneFeed feed) {
    List<OdsCode> switched =
        authorities.stream().filter(pushed.negate()).filter(this::hasToBeEmptied).toList();
    if (!switched.isEmpty()) {
      while (feed.carry().moreWaiting()) {
        // the next batch
      }
      switched.forEach(this::toCollection);
    }
  }

  private boolean hasToBeEmptied(OdsCode authority) {
    return wasPushed(authority).orElse(true) || lanes.lane(authority).depth() > 0;
  }

  private void toCollection(OdsCode authority) {
    int taken = lanes.lane(authority).empty();
    store.change(
        tx -> {
          tx.attempts().removeOf(authority);
          tx.sendAgainWishes().removeOf(authority);
          tx.authorities().notePushed(authority, false);
        });
    if (wasPushed(authority).isPresent() || taken > 0) {
      log.switchedToCollection(authority, taken);
    }
  }

  /** Those whose notifications are delivered. */
  List<OdsCode> delivered() {
    return authorities.stream().filter(pushed).toList();
  }

  /** Those who collect, who left the registration among them. */
  List<OdsCode> collecting() {
    return authorities.stream().filter(pushed.negate()).toList();
  }

  private Optional<Boolean> wasPushed(OdsCode authority) {
    return Optional.ofNullable(noted.get(authority));
  }
}
