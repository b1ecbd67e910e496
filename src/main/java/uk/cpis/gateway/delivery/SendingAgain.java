package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.QueueException;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;

/**
 * Takes dead letters up again and has them carried to their lanes, the oldest first, so many a
 * second and lane at the most, and only while their authority answers. Where nobody knows whether
 * it does and its lane is empty, one dead letter goes first, to see. What is taken up leaves the
 * dead letters in one transaction; should the process end before it is in its lane, the next start
 * puts it there. On a thread of its own.
 */
final class SendingAgain implements WorkThread.Work {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Store store;
  private final LaneFeed feed;
  private final Workers workers;
  private final SendAgainSettings settings;
  private final Duration betweenProbes;
  private final InstantSource clock;
  private final DeliveryLog log;
  private final Runnable carry;
  private final Bell bell = new Bell();

  /** When each lane may be given more. */
  private final Map<OdsCode, Due> next = new ConcurrentHashMap<>();

  /** Whose lanes came back, and nothing is wished for because of it yet; this thread only. */
  private final Set<OdsCode> recovered = new HashSet<>();

  private volatile boolean stopping;
  private boolean failing;

  /**
   * @param carry wakes the relay
   */
  SendingAgain(
      Store store,
      LaneFeed feed,
      Workers workers,
      DeliverySettings settings,
      LaneParts parts,
      Runnable carry) {
    this.store = store;
    this.feed = feed;
    this.workers = workers;
    this.settings = settings.sendAgain();
    this.betweenProbes = settings.retry().longest();
    this.clock = parts.clock();
    this.log = parts.log();
    this.carry = carry;
  }

  /** Something is wished for of this authority; from any thread. */
  void wake(OdsCode authority) {
    next.remove(authority);
    bell.ring();
  }

  @Override
  public void run() {
    while (!stopping && !Thread.currentThread().isInterrupted()) {
      try {
        failing = !step();
      } catch (RuntimeException e) {
        failed(e);
      }
      bell.await(LOOK);
    }
  }

  /** Gives each lane what it may have now; false when that failed for one of them. */
  private boolean step() {
    boolean allWished = forEach(this::wishAfterRecovery);
    Set<OdsCode> wished = store.read(tx -> tx.sendAgainWishes().authorities());
    return forEach(authority -> give(authority, wished.contains(authority))) && allWished;
  }

  /** One that fails does not keep the others from theirs. */
  private boolean forEach(Consumer<OdsCode> act) {
    boolean all = true;
    for (OdsCode authority : workers.authorities()) {
      try {
        act.accept(authority);
      } catch (RuntimeException e) {
        failed(e);
        all = false;
      }
    }
    return all;
  }

  private boolean mayHaveMore(OdsCode authority) {
    return Optional.ofNullable(next.get(authority)).map(due -> due.hasCome(clock)).orElse(true);
  }

  private void wishAfterRecovery(OdsCode authority) {
    if (workers.of(authority).filter(LaneWorker::takeProvenAnew).isPresent()) {
      next.remove(authority);
      recovered.add(authority);
    }
    if (recovered.contains(authority) && settings.onRecovery()) {
      DeadLetterReason reason = DeadLetterReason.OUTLIVED;
      long count = store.inTransaction(tx -> tx.sendAgainWishes().add(authority, reason));
      if (count > 0) {
        log.sendsAgain(authority, reason, count);
      }
    }
    recovered.remove(authority);
  }

  private void give(OdsCode authority, boolean wished) {
    if (!stopping && mayHaveMore(authority)) {
      workers.of(authority).ifPresent(worker -> give(authority, worker, wished));
    }
  }

  private void give(OdsCode authority, LaneWorker worker, boolean wished) {
    if (worker.proven()) {
      if (wished && worker.ahead() < settings.perSecond()) {
        carry(takeUp(authority, settings.perSecond()));
        next.put(authority, Due.in(PACE, clock));
      }
    } else if (worker.empty()) {
      carry(probe(authority, wished));
      next.put(authority, Due.in(betweenProbes, clock));
    }
  }

  private List<OwedReference> takeUp(OdsCode authority, int limit) {
    return store.inTransaction(
        tx -> tx.sendAgainWishes().takeUp(authority, limit, clock.instant()));
  }

  private List<OwedReference> probe(OdsCode authority, boolean wished) {
    if (!wished && !settings.onRecovery()) {
      return List.of();
    }
    return store
        .inTransaction(
            tx ->
                wished
                    ? tx.sendAgainWishes().takeUpFirst(authority, clock.instant())
                    : tx.sendAgainWishes()
                        .takeUpOldest(authority, DeadLetterReason.OUTLIVED, clock.instant()))
        .stream()
        .toList();
  }

  private void carry(List<OwedReference> taken) {
    taken.forEach(feed::again);
    if (!taken.isEmpty()) {
      carry.run();
    }
  }

  /** What is wrong with the queue is told by others, for all that it keeps waiting. */
  private void failed(RuntimeException cause) {
    if (!failing && !stopping && !(cause instanceof QueueException)) {
      log.sendAgainFailed(cause);
    }
    failing = true;
  }

  @Override
  public void stop() {
    stopping = true;
    bell.ring();
  }
}
