package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final List<String> done = new ArrayList<>();
  private final Queue<Runnable> handedOver = new ArrayDeque<>();
  private final Turns<String> turns = new Turns<>(1);

  @Test
  void worksAtOnceWhereThereIsRoom() {
    turns.take("sender", () -> done.add("at once"), handedOver::add);

    assertThat(done).containsExactly("at once");
    assertThat(handedOver).isEmpty();
  }

  @Test
  void takesOneOfEachSenderInTurn() {
    turns.take(
        "first",
        () -> {
          wait("greedy", 1, 2, 3);
          wait("modest", 1);
          wait("other", 1, 2);
        },
        handedOver::add);
    runAll();

    assertThat(done)
        .containsExactly("greedy 1", "modest 1", "other 1", "greedy 2", "other 2", "greedy 3");
  }

  @Test
  void leavesSomeRoomToTheOthersWhenTheWorkOfOneSenderDoesNotEnd() throws InterruptedException {
    Turns<String> four = new Turns<>(4);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(5);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < 5; i++) {
        threads.execute(
            () ->
                four.take(
                    "greedy",
                    () -> {
                      waitFor(mayEnd);
                      ended.countDown();
                    },
                    threads));
      }
      CountDownLatch served = new CountDownLatch(20);
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> four.take("modest", served::countDown, threads));
      }
      assertThat(served.await(90, TimeUnit.SECONDS)).isTrue();
      assertThat(ended.getCount()).isEqualTo(5);
      mayEnd.countDown();
      assertThat(ended.await(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      mayEnd.countDown();
      threads.shutdownNow();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void goesOnWithTheNextWhenOneBreaks() {
    assertThatThrownBy(
            () ->
                turns.take(
                    "first",
                    () -> {
                      wait("second", 1);
                      throw new IllegalStateException("broken");
                    },
                    handedOver::add))
        .hasMessage("broken");
    runAll();
    turns.take("third", () -> done.add("third"), handedOver::add);

    assertThat(done).containsExactly("second 1", "third");
  }

  @Test
  void doesWhatWaitsOnItsOwnThreadWhenTheThreadsAreEnding() {
    Executor ending =
        work -> {
          throw new RejectedExecutionException();
        };

    turns.take("first", () -> turns.take("second", () -> done.add("second"), ending), ending);

    assertThat(done).containsExactly("second");
  }

  @Test
  void neverLetsMoreWorkAtOnceAndForgetsNobody() throws InterruptedException {
    int tasks = 2_000;
    Turns<Integer> four = new Turns<>(4);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(tasks);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (int i = 0; i < tasks; i++) {
        int sender = i % 7;
        threads.execute(
            () ->
                four.take(
                    sender,
                    () -> {
                      most.accumulateAndGet(working.incrementAndGet(), Math::max);
                      Thread.yield();
                      working.decrementAndGet();
                      left.countDown();
                    },
                    threads));
      }
      assertThat(left.await(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, 4);
  }

  private void wait(String sender, int... numbers) {
    for (int number : numbers) {
      turns.take(sender, () -> done.add(sender + " " + number), handedOver::add);
    }
  }

  private void runAll() {
    while (!handedOver.isEmpty()) {
      handedOver.remove().run();
    }
  }
}
