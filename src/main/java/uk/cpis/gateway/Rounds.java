package uk.cpis.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes small steps again and again on a thread of its own, for what must be looked at without
 * being asked. A step that fails is told and taken again in the next round. It closes after the
 * step in hand.
 */
final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Duration every;
  private final List<Runnable> steps;
  private final boolean atOnce;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private Rounds(String name, Duration every, List<Runnable> steps, boolean atOnce) {
    this.atOnce = atOnce;
    this.every = every;
    this.steps = steps;
    this.thread = new Thread(this::run, name);
  }

  static Rounds open(String name, Duration every, Runnable... steps) {
    Rounds rounds = new Rounds(name, every, List.of(steps), false);
    rounds.thread.setDaemon(true);
    rounds.thread.start();
    return rounds;
  }

  /** The same, taking the steps once before the first pause. */
  static Rounds openAtOnce(String name, Duration every, Runnable... steps) {
    Rounds rounds = new Rounds(name, every, List.of(steps), true);
    rounds.thread.setDaemon(true);
    rounds.thread.start();
    return rounds;
  }

  private void run() {
    try {
      if (atOnce) {
        steps.forEach(this::take);
      }
      while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        steps.forEach(this::take);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) { // the next round is worth it whatever this one met
      LOG.error("CPG-ROUND-FAILED thread={}", thread.getName(), e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
