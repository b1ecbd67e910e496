package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.LaneMessage;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;

/**
 * One step of the relay: owed rows beyond the watermark go into the lanes in one broker
 * transaction, then the watermark moves. A crash between the two repeats one batch, which the
 * broker recognises.
 */
final class LaneFeed {

  private static final int BATCH = Lanes.MOST_TOGETHER;

  private final Store store;
  private final Lanes lanes;
  private final Predicate<OdsCode> pushed;
  private final Steps steps;
  private final Queue<LaneMessage> again = new ConcurrentLinkedQueue<>();

  LaneFeed(Store store, Lanes lanes, Predicate<OdsCode> pushed, Steps steps) {
    this.store = store;
    this.lanes = lanes;
    this.pushed = pushed;
    this.steps = steps;
  }

  /** Has a notification that left its lane carried there once more; from any thread. */
  void again(OwedReference owed) {
    again.add(message(owed));
  }

  /** What the lane carries of an owed row. */
  static LaneMessage message(OwedReference owed) {
    return new LaneMessage(owed.id(), owed.authority(), owed.owedNumber());
  }

  /** Carries one batch; what it carried, and whether more may be waiting. */
  Carried carry() {
    List<LaneMessage> messages = carryAgain();
    return messages.isEmpty() ? carryOwed() : new Carried(messages, true);
  }

  /** Carries all that is owed now. */
  void catchUp() {
    while (carry().moreWaiting()) {
      // the next batch
    }
  }

  /** What went into lanes. */
  record Carried(List<LaneMessage> messages, boolean moreWaiting) {}

  /** Who collects meanwhile is offered it by the store. */
  private List<LaneMessage> carryAgain() {
    again.removeIf(each -> !pushed.test(each.authority()));
    List<LaneMessage> messages = again.stream().limit(BATCH).toList();
    if (!messages.isEmpty()) {
      steps.reached(Step.LETTER_TAKEN_UP);
      lanes.sendAgain(messages);
      steps.reached(Step.SENT_AGAIN);
    }
    messages.forEach(again::remove);
    return messages;
  }

  private Carried carryOwed() {
    List<OwedReference> owed = store.read(tx -> tx.owed().after(tx.watermark().get(), BATCH));
    List<LaneMessage> messages =
        owed.stream().filter(each -> pushed.test(each.authority())).map(LaneFeed::message).toList();
    lanes.sendTogether(messages);
    if (!owed.isEmpty()) {
      steps.reached(Step.LANES_FED);
      store.change(tx -> tx.watermark().move(owed.get(owed.size() - 1).owedNumber()));
      steps.reached(Step.WATERMARK_MOVED);
    }
    return new Carried(messages, owed.size() == BATCH);
  }
}
