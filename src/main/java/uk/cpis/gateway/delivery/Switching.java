package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.Store;

/**
 * Notices at the start whose notifications are brought in another way than last time. Each
 * authority is asked once how it is registered: that may change while all is opened.
 */
final class Switching {

  private final Switch act;
  private final Map<Boolean, List<OdsCode>> registered;

  private Switching(Switch act, Map<Boolean, List<OdsCode>> registered) {
    this.act = act;
    this.registered = registered;
  }

  /** Compares the way that was noted with the way of now. */
  static Switching of(Store store, Lanes lanes, Predicate<OdsCode> pushed, DeliveryLog log) {
    Switch act = new Switch(store, lanes, log);
    return new Switching(act, act.known().stream().collect(Collectors.partitioningBy(pushed)));
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

  /** Tells of everybody which way is in force: whoever is told may know that of another moment. */
  void tell(BiConsumer<OdsCode, Boolean> inForce) {
    registered.forEach((pushed, all) -> all.forEach(each -> inForce.accept(each, pushed)));
  }

  /** Those whose notifications are delivered. */
  List<OdsCode> delivered() {
    return registered.get(true);
  }

  /** Those who collect, who left the registration among them. */
  List<OdsCode> collecting() {
    return registered.get(false);
  }
}
