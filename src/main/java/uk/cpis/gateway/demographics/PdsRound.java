package uk.cpis.gateway.demographics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * The look-ups of one call: a few threads take one number after the other, until all are answered,
 * one has failed for good, or the time is over. What may succeed when asked again is asked again a
 * few times, after the wait that PDS asked for, as long as there is time for it.
 */
final class PdsRound {

  /** One question to PDS. */
  @FunctionalInterface
  interface Question {
    Reading ask(NhsNumber number, Token token, Deadline deadline) throws InterruptedException;
  }

  private static final int MOST_ATTEMPTS = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private final Deadline deadline;
  private final Question question;
  private final Tokens tokens;
  private final int numbers;
  private final Queue<NhsNumber> waiting;
  private final Map<NhsNumber, LookUp> known = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);

  PdsRound(Collection<NhsNumber> numbers, Deadline deadline, Question question, Tokens tokens) {
    this.deadline = deadline;
    this.question = question;
    this.tokens = tokens;
    this.numbers = numbers.size();
    this.waiting = new ConcurrentLinkedQueue<>(numbers);
  }

  /** Asks on so many of these threads; all are answered, or nothing is concluded (rule 17). */
  LookUps run(ExecutorService threads, int parallel) {
    List<Future<?>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(parallel, numbers); i++) {
        workers.add(threads.submit(this::work));
      }
      if (numbers > 0 && !over.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        fail("not all were answered in time");
      }
    } catch (RejectedExecutionException closed) {
      fail("the gateway is closing");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("given up");
    } finally {
      workers.forEach(worker -> worker.cancel(true));
    }
    return failure().isEmpty() ? new LookUps.Answered(known) : new LookUps.Unavailable();
  }

  /** Why nothing may be concluded; the first of the reasons. */
  Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }

  int answered() {
    return known.size();
  }

  private void work() {
    try {
      for (NhsNumber next = waiting.poll(); next != null; next = waiting.poll()) {
        settle(next, patiently(next));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("given up");
    } catch (RuntimeException e) {
      fail("a fault of the gateway: " + e.getClass().getName());
    }
  }

  private Reading patiently(NhsNumber number) throws InterruptedException {
    Reading reading = asked(number);
    for (int attempt = 1; reading instanceof Reading.Later later; attempt++) {
      if (attempt == MOST_ATTEMPTS || !waited(later, attempt)) {
        return new Reading.Broken(later.cause());
      }
      reading = asked(number);
    }
    return reading;
  }

  /** A token may have ended on the way, so it is renewed once. */
  private Reading asked(NhsNumber number) throws InterruptedException {
    Token token = tokens.token(deadline);
    Reading reading = asked(number, token);
    if (!(reading instanceof Reading.NotLetIn)) {
      return reading;
    }
    tokens.refused(token);
    return asked(number, tokens.token(deadline));
  }

  private Reading asked(NhsNumber number, Token token) throws InterruptedException {
    return token instanceof Token.Unavailable none
        ? new Reading.Broken(none.cause())
        : question.ask(number, token, deadline);
  }

  /** Whether the wait is over and the round is not. */
  private boolean waited(Reading.Later later, int attempt) throws InterruptedException {
    Duration wait = later.pause().orElse(FIRST_WAIT.multipliedBy(1L << (attempt - 1)));
    return wait.compareTo(deadline.left()) < 0 && !over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void settle(NhsNumber number, Reading reading) {
    if (reading instanceof Reading.Known answer) {
      known.put(number, answer.lookUp());
      if (known.size() == numbers) {
        over.countDown();
      }
    } else {
      fail(reading instanceof Reading.Broken broken ? broken.cause() : "the token is not accepted");
    }
  }

  private void fail(String cause) {
    failure.compareAndSet(null, cause);
    waiting.clear();
    over.countDown();
  }
}
