package uk.cpis.gateway.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.LaneMessage;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Compares store and lanes, and queues again what the store still owes and the lane no longer has:
 * a journal may be lost or older than the store. What a lane has too much, its worker drops.
 */
final class LaneCheck {

  private static final int PAGE = Lanes.MOST_TOGETHER;

  private final Store store;
  private final Lanes lanes;
  private final Predicate<OdsCode> pushed;
  private final DeliveryLog log;

  LaneCheck(Store store, Lanes lanes, Predicate<OdsCode> pushed, DeliveryLog log) {
    this.store = store;
    this.lanes = lanes;
    this.pushed = pushed;
    this.log = log;
  }

  /** Checks every lane; sees a lane whole only while nothing is taken from it. */
  void run() {
    long watermark = store.read(tx -> tx.watermark().get());
    store.read(tx -> tx.owed().backlogs()).stream()
        .filter(backlog -> backlog.unsettled() > backlog.deadLetters())
        .filter(backlog -> pushed.test(backlog.authority()))
        .forEach(backlog -> check(backlog.authority(), watermark));
  }

  /** Puts into this lane what it lacks, before anything is taken from it. */
  void fill(OdsCode authority) {
    check(authority, store.read(tx -> tx.watermark().get()));
  }

  private void check(OdsCode authority, long watermark) {
    long[] inLane = lanes.lane(authority).waitingNumbers();
    long queued = 0;
    long after = 0;
    List<OwedReference> page;
    do {
      page = unsettled(authority, after);
      List<LaneMessage> missing = missing(page, watermark, inLane);
      lanes.sendAgain(missing);
      queued += missing.size();
      after = page.isEmpty() ? after : page.get(page.size() - 1).owedNumber();
    } while (page.size() == PAGE && after < watermark);
    if (queued > 0) {
      log.laneRebuilt(authority, queued);
    }
  }

  private List<OwedReference> unsettled(OdsCode authority, long after) {
    return store.read(tx -> tx.owed().unsettledOf(authority, after, PAGE));
  }

  /** Beyond the watermark it is the relay's turn. */
  private List<LaneMessage> missing(List<OwedReference> page, long watermark, long[] inLane) {
    List<OwedReference> absent =
        page.stream()
            .filter(owed -> owed.owedNumber() <= watermark)
            .filter(owed -> Arrays.binarySearch(inLane, owed.owedNumber()) < 0)
            .toList();
    return store.read(tx -> toDeliver(tx, absent));
  }

  private static List<LaneMessage> toDeliver(Transaction tx, List<OwedReference> owed) {
    return owed.stream()
        .filter(each -> tx.deadLetters().find(each.id()).isEmpty())
        .map(LaneFeed::message)
        .toList();
  }
}
