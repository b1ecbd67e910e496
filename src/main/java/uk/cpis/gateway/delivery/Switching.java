package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.Store;

/** Notices at the start whose notifications are brought in another way than last time. */
final class Switching {

  private final Predicate<OdsCode> pushed;
  private final Switch act;
  private final List<OdsCode> authorities;

  private Switching(Predicate<OdsCode> pushed, Switch act, List<OdsCode> authorities) {
    this.pushed = pushed;
    this.act = act;
    this.authorities = authorities;
  }

  /** Compares the way that was noted with the way of now. */
  static Switching of(Store store, Lanes lanes, Predicate<OdsCode> pushed, DeliveryLog log) {
    return new Switching(pushed, new Switch(store, lanes, log), known(store));
  }

  /** Every authority that ever was registered. */
  static List<OdsCode> known(Store store) {
    return store.read(tx -> tx.authorities().all()).stream().map(LocalAuthority::code).toList();
  }

  /** Takes up what was given up; what its lane lacks, the check puts there afterwards. */
  void toDelivery() {
    delivered().forEach(act::toDelivery);
  }

  /**
   * Empties the lanes of those that collect. Before that the relay catches up: what it sent and
   * forgot to note it would send once more, and the broker would drop it, should the authority ever
   * be switched back.
   */
  void toCollection(LaneFeed feed) {
    List<OdsCode> switched = collecting().stream().filter(act::hasToBeEmptied).toList();
    if (!switched.isEmpty()) {
      feed.catchUp();
      switched.forEach(act::toCollection);
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
}
