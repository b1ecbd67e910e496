package uk.cpis.gateway.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a caller of the writer waits for. Either the writer takes it or the caller withdraws it,
 * never both: of what is withdrawn nothing is written, so that nobody is told of an access that was
 * answered with a fault.
 */
final class Pending<T> extends CompletableFuture<T> {

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /** One wait for the result. */
  interface Wait<T> {
    T once() throws InterruptedException, ExecutionException, TimeoutException;
  }

  /**
   * Waits, and withdraws it when the wait was in vain; waits once more while the writer has it in
   * hand, and withdraws it after that if the writer has put it back meanwhile.
   */
  T inTime(Wait<T> wait) throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return wait.once();
    } catch (TimeoutException e) {
      if (withdraw()) {
        throw e;
      }
    }
    try {
      return wait.once();
    } catch (TimeoutException e) {
      withdraw();
      throw e;
    }
  }

  /** The writer's; false when it was withdrawn. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** The writer's no longer; until it takes it again its caller may withdraw it. */
  void putBack() {
    state.compareAndSet(State.TAKEN, State.WAITING);
  }

  /** The caller's; false when the writer has it in hand. */
  boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN);
  }
}
