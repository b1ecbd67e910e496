package uk.cpis.gateway.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets so many work at once and has the others wait their turn: one of each sender, then the next
 * of each, so that somebody with one request waits for no more than one of everybody else's. No
 * sender has all of the room, so that one whose work does not end leaves some to the others. How
 * many may wait is bounded by whoever admits them. Shared between threads.
 */
final class Turns<K> {

  private static final int SHARE_LEFT_TO_OTHERS = 4;

  private final int atOnce;
  private final int perSender;
  private final Map<K, Deque<Runnable>> waiting = new LinkedHashMap<>();
  private final Map<K, Integer> working = new HashMap<>();
  private int allWorking;

  private record Turn<K>(K sender, Runnable work) {}

  Turns(int atOnce) {
    this.atOnce = atOnce;
    this.perSender = Math.max(1, atOnce - Math.max(1, atOnce / SHARE_LEFT_TO_OTHERS));
  }

  /**
   * Does the work on this thread when there is room, else on a thread of this executor when its
   * turn has come. Work ends by returning or throwing; either way the next one's turn comes.
   */
  void take(K sender, Runnable work, Executor threads) {
    if (beginsNow(sender, work)) {
      carryOut(new Turn<>(sender, work), threads);
    }
  }

  private synchronized boolean beginsNow(K sender, Runnable work) {
    if (allWorking < atOnce && mayBegin(sender)) {
      begin(sender);
      return true;
    }
    waiting.computeIfAbsent(sender, key -> new ArrayDeque<>()).add(work);
    return false;
  }

  private boolean mayBegin(K sender) {
    return working.getOrDefault(sender, 0) < perSender;
  }

  private void begin(K sender) {
    allWorking++;
    working.merge(sender, 1, Integer::sum);
  }

  private void carryOut(Turn<K> first, Executor threads) {
    Optional<Turn<K>> next = Optional.of(first);
    while (next.isPresent()) {
      Turn<K> now = next.get();
      try {
        now.work().run();
      } finally {
        next = nextAfter(now.sender()).filter(each -> !handedOver(each, threads));
      }
    }
  }

  /** False when the threads take no more, because they are ending: then it is done on this one. */
  private boolean handedOver(Turn<K> turn, Executor threads) {
    try {
      threads.execute(() -> carryOut(turn, threads));
      return true;
    } catch (RejectedExecutionException ending) {
      return false;
    }
  }

  private synchronized Optional<Turn<K>> nextAfter(K ended) {
    allWorking--;
    working.computeIfPresent(ended, (sender, count) -> count == 1 ? null : count - 1);
    Optional<K> next = waiting.keySet().stream().filter(this::mayBegin).findFirst();
    next.ifPresent(this::begin);
    return next.map(sender -> new Turn<>(sender, takeFrom(sender)));
  }

  /** Who has more goes behind the others. */
  private Runnable takeFrom(K sender) {
    Deque<Runnable> its = waiting.remove(sender);
    Runnable work = its.remove();
    if (!its.isEmpty()) {
      waiting.put(sender, its);
    }
    return work;
  }
}
