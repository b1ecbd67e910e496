package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;

/**
 * Makes dead letters of what authorities that collect have not settled in time, as the lanes do
 * with what could not be delivered. It stays owed and is offered on. On a thread of its own.
 */
final class MailboxWatch implements WorkThread.Work {

  /** How often it looks at the clock. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How often it looks into the store at the least. */
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private static final int BATCH = 200;

  private final Store store;
  private final Ledger ledger;
  private final Set<OdsCode> collecting = new ConcurrentSkipListSet<>();
  private final Duration persistDuration;
  private final InstantSource clock;
  private final DeliveryLog log;
  private final Bell bell = new Bell();
  private volatile boolean stopping;

  /** When there is next something to do; touched by its own thread only. */
  private Optional<Due> due = Optional.empty();

  private boolean failing;

  /** Somebody collects from now on who is not looked at yet. */
  private volatile boolean begun;

  MailboxWatch(Store store, List<OdsCode> collecting, LaneParts parts) {
    this.store = store;
    this.ledger = parts.ledger();
    this.collecting.addAll(collecting);
    this.persistDuration = parts.persistDuration();
    this.clock = parts.clock();
    this.log = parts.log();
  }

  /** Watches this authority's mailbox too. */
  void begin(OdsCode authority) {
    collecting.add(authority);
    begun = true;
    bell.ring();
  }

  /** Watches it no more; what is being given up is given up when this returns. */
  synchronized void end(OdsCode authority) {
    collecting.remove(authority);
  }

  boolean watches(OdsCode authority) {
    return collecting.contains(authority);
  }

  /** Watches until it is stopped; whatever fails, it tries again at the next look. */
  @Override
  public void run() {
    while (!stopping && !Thread.currentThread().isInterrupted()) {
      try {
        step();
        failing = false;
      } catch (RuntimeException e) {
        failed(e);
      }
      bell.await(LOOK);
    }
  }

  /** Gives up what has outlived its time, when something may have. */
  void step() {
    Instant now = clock.instant();
    if (begun) {
      begun = false;
      due = Optional.empty();
    }
    if (due.map(each -> each.hasCome(clock)).orElse(true)) {
      collecting.forEach(authority -> giveUp(authority, now.minus(persistDuration)));
      // from the moment that was looked at: the clock may have jumped meanwhile
      due = Optional.of(Due.in(untilNext(now), InstantSource.fixed(now)));
    }
  }

  private void giveUp(OdsCode authority, Instant madeBefore) {
    int given;
    do {
      given = giveUpSome(authority, madeBefore);
    } while (given == BATCH && !stopping);
  }

  private synchronized int giveUpSome(OdsCode authority, Instant madeBefore) {
    if (!collecting.contains(authority)) {
      return 0;
    }
    List<OwedReference> outlived =
        store.read(tx -> tx.owed().outlived(authority, madeBefore, BATCH));
    outlived.forEach(this::giveUp);
    return outlived.size();
  }

  private void giveUp(OwedReference owed) {
    String cause = "waited for " + persistDuration + " in the mailbox without an acknowledgement";
    GivenUp why = new GivenUp(DeadLetterReason.UNCOLLECTED, cause, 0);
    if (ledger.giveUp(owed.id(), owed.authority(), why)) {
      log.deadLetter(owed.authority(), owed.id(), why);
    }
  }

  /** Until the oldest that waits is due; never longer than until the next look into the store. */
  private Duration untilNext(Instant now) {
    Duration sweep = persistDuration.compareTo(SWEEP) < 0 ? persistDuration : SWEEP;
    Optional<Instant> oldest =
        collecting.stream()
            .flatMap(authority -> store.read(tx -> tx.owed().oldestWaiting(authority)).stream())
            .min(Comparator.naturalOrder());
    return oldest
        .map(made -> Duration.between(now, made.plus(persistDuration)).plusMillis(1))
        .filter(until -> until.compareTo(sweep) < 0)
        .orElse(sweep);
  }

  private void failed(RuntimeException cause) {
    if (!failing && !stopping) {
      log.watchFailed(cause);
    }
    failing = true;
  }

  @Override
  public void stop() {
    stopping = true;
    bell.ring();
  }
}
