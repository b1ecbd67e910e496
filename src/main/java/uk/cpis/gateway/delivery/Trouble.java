package uk.cpis.gateway.delivery;

import uk.cpis.gateway.queue.QueueException;
import uk.cpis.gateway.store.StoreException;

/** What of the gateway's own keeps a lane from its work, in the words that operators read. */
enum Trouble {
  /** Every lane has it, and the broker says so itself. */
  QUEUE_DOWN("the gateway's queue is down"),
  QUEUE("the gateway's queue failed this lane"),
  STORE("the gateway's store failed"),
  OWN_FAULT("a fault of the gateway's own, see CPG-LANE-TROUBLED in the log");

  private final String words;

  Trouble(String words) {
    this.words = words;
  }

  /** Which one this failure is. */
  static Trouble of(RuntimeException failure, boolean brokerRuns) {
    if (failure instanceof QueueException) {
      return brokerRuns ? QUEUE : QUEUE_DOWN;
    }
    return failure instanceof StoreException ? STORE : OWN_FAULT;
  }

  /**
   * After how many failures in a row it is told of one lane. Lanes may notice before the broker
   * does that it is down.
   */
  int toldAfter() {
    return switch (this) {
      case QUEUE_DOWN -> Integer.MAX_VALUE;
      case QUEUE -> 3;
      case STORE, OWN_FAULT -> 1;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
