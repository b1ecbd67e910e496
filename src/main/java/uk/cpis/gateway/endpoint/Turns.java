package uk.cpis.gateway.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets so many work at once and has the others wait their turn: one of each sender, then the next
 * of each, so that somebody with one request waits for no more than one of everybody else's. How
 * many may wait is bounded by whoever admits them. Shared between threads.
 */
final class Turns<K> {

  private final int atOnce;
  private final Map<K, Deque<Runnable>> waiting = new LinkedHashMap<>();
  private int working;

  Turns(int atOnce) {
    this.atOnce = atOnce;
  }

  /**
   * Does the work on this thread when there is room, else on a thread of this executor when its
   * turn has come. Work ends by returning or throwing; either way the next one's turn comes.
   */
  void take(K sender, Runnable work, Executor threads) {
    if (beginsNow(sender, work)) {
      carryOut(work, threads);
    }
  }

  private synchronized boolean beginsNow(K sender, Runnable work) {
    if (working < atOnce) {
      working++;
      return true;
    }
    waiting.computeIfAbsent(sender, key -> new ArrayDeque<>()).add(work);
    return false;
  }

  private void carryOut(Runnable work, Executor threads) {
    Optional<Runnable> next = Optional.of(work);
    while (next.isPresent()) {
      Runnable now = next.get();
      try {
        now.run();
      } finally {
        next = next().filter(each -> !handedOver(each, threads));
      }
    }
  }

  /** False when the threads take no more, because they are ending: then it is done on this one. */
  private boolean handedOver(Runnable work, Executor threads) {
    try {
      threads.execute(() -> carryOut(work, threads));
      return true;
    } catch (RejectedExecutionException ending) {
      return false;
    }
  }

  private synchronized Optional<Runnable> next() {
    Iterator<Map.Entry<K, Deque<Runnable>>> senders = waiting.entrySet().iterator();
    if (!senders.hasNext()) {
      working--;
      return Optional.empty();
    }
    Map.Entry<K, Deque<Runnable>> first = senders.next();
    Runnable work = first.getValue().remove();
    senders.remove();
    if (!first.getValue().isEmpty()) {
      waiting.put(first.getKey(), first.getValue());
    }
    return Optional.of(work);
  }
}
