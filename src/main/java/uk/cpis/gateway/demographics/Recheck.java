package uk.cpis.gateway.demographics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Looks at the numbers held again, round after round, where demographics do not tell their news by
 * themselves (rules 14 and 19). It goes slowly, a page at a time, keeps its place across restarts,
 * and asks ever more rarely while demographics do not answer. It learns of no births. Works on a
 * thread of its own; due times are by the injected clock.
 */
public final class Recheck implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recheck.class);

  /** How soon a moved clock or the closing is noticed. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 12;

  private final Store store;
  private final Demographics demographics;
  private final BiConsumer<Transaction, DemographicEvent> told;
  private final RecheckSettings settings;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "recheck");
  private Instant due = Instant.MIN;
  private int failures;

  Recheck(
      Store store,
      Demographics demographics,
      BiConsumer<Transaction, DemographicEvent> told,
      RecheckSettings settings,
      InstantSource clock) {
    this.store = store;
    this.demographics = demographics;
    this.told = told;
    this.settings = settings;
    this.clock = clock;
  }

  /** Looks from now on; tells differences by this function, in the transaction that moves on. */
  public static Recheck open(
      Store store,
      Demographics demographics,
      BiConsumer<Transaction, DemographicEvent> told,
      RecheckSettings settings,
      InstantSource clock) {
    Recheck recheck = new Recheck(store, demographics, told, settings, clock);
    recheck.thread.setDaemon(true);
    recheck.thread.start();
    return recheck;
  }

  private void run() {
    try {
      while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        tried();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tried() {
    try {
      step();
    } catch (RuntimeException failure) {
      failed();
      LOG.error("CPG-RECHECK-FAILED again={}", due, failure);
    }
  }

  /** Looks at the next page if it is due. A clock that was set back is not waited for. */
  void step() {
    Instant now = clock.instant();
    if (now.isBefore(due) && !due.isAfter(now.plus(longestPause()))) {
      return;
    }
    Optional<NhsNumber> last = store.read(tx -> tx.recheckPosition().get());
    SortedSet<NhsNumber> page =
        store.read(tx -> tx.plans().numbers(last, LondonDay.of(now), settings.page()));
    if (page.isEmpty()) {
      store.change(tx -> tx.recheckPosition().move(Optional.empty()));
      due = now.plus(settings.pause());
    } else {
      look(page);
    }
  }

  private void look(SortedSet<NhsNumber> page) {
    if (demographics.lookUp(page) instanceof LookUps.Answered answer) {
      store.change(tx -> apply(tx, page.last(), answer.byNumber()));
      failures = 0;
      due = clock.instant().plus(settings.pause());
    } else {
      failed();
    }
  }

  private void apply(Transaction tx, NhsNumber last, Map<NhsNumber, LookUp> answers) {
    answers.forEach(
        (number, lookUp) -> lookUp.standing().ifPresent(standing -> tell(tx, number, standing)));
    tx.recheckPosition().move(Optional.of(last));
  }

  private void tell(Transaction tx, NhsNumber number, NumberStanding standing) {
    if (!standing.equals(tx.standings().of(number))) {
      told.accept(tx, new DemographicEvent.StandingChanged(number, standing));
    }
  }

  private void failed() {
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    Duration doubled = settings.pause().multipliedBy(1L << failures);
    Duration pause = doubled.compareTo(longestPause()) < 0 ? doubled : longestPause();
    due = clock.instant().plus(pause);
  }

  private Duration longestPause() {
    return settings.pause().compareTo(LONGEST_PAUSE) < 0 ? LONGEST_PAUSE : settings.pause();
  }

  /** Ends after the page in hand; who closes demographics first need not wait for their answer. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
