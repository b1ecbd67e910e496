package uk.cpis.gateway.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until Ctrl-C or SIGTERM, and then close what it opened before the process
 * ends. Made and closed by the command's thread; closed last of all, by try-with-resources.
 */
final class UntilStopped implements AutoCloseable {

  private static final int SECONDS_TO_CLOSE = 30;

  private final Runnable onSignal;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /** For a command that waits. */
  UntilStopped() {
    this(() -> {});
  }

  /** For a command that is busy: what makes it end early. */
  UntilStopped(Runnable onSignal) {
    this.onSignal = onSignal;
    Runtime.getRuntime().addShutdownHook(new Thread(this::endGently, "stop"));
  }

  /** Stops too when the process that started this one ends, even if that tells nobody. */
  void stopWithParent() {
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(this::stop));
  }

  /** Passes until the signal came; throws {@link CancellationException} from then on. */
  void goOn() {
    if (stop.getCount() == 0) {
      throw new CancellationException("stopped");
    }
  }

  /** Waits for the signal. */
  void await() throws InterruptedException {
    stop.await();
  }

  /** Ends the wait, as the signal does. */
  void stop() {
    stop.countDown();
  }

  private void endGently() {
    if (closed.getCount() == 0) {
      return;
    }
    stop.countDown();
    onSignal.run();
    try {
      closed.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    closed.countDown();
  }
}
