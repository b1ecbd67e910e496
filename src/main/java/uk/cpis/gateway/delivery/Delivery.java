package uk.cpis.gateway.delivery;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;

/**
 * Delivers what is owed to every authority that is sent its notifications: one relay, and one
 * worker for each lane, so that no authority waits for another. Safe to share between threads. It
 * closes neither the store nor the lanes, which were given to it.
 */
public final class Delivery implements AutoCloseable {

  private final Store store;
  private final LaneFeed feed;
  private final LaneRelay relay;
  private final WorkThread relayThread;
  private final WorkThread watchThread;
  private final Workers workers;
  private final Mailboxes mailboxes;
  private final DeliverySettings settings;
  private final DeliveryLog log;

  private Delivery(
      Store store,
      LaneFeed feed,
      LaneRelay relay,
      Workers workers,
      Mailboxes mailboxes,
      DeliverySettings settings,
      DeliveryLog log) {
    this.store = store;
    this.feed = feed;
    this.relay = relay;
    this.workers = workers;
    this.mailboxes = mailboxes;
    this.settings = settings;
    this.log = log;
    this.watchThread = WorkThread.start("mailbox-watch", mailboxes.watch(), log);
    this.relayThread = WorkThread.start("lane-relay", relay, log);
  }

  /**
   * Switches between delivery and collection who is registered otherwise than last time, puts the
   * lanes right by the store, then starts a worker for each authority that is sent its
   * notifications, and the relay, which the store wakes from now on.
   */
  public static Delivery open(
      Store store,
      Lanes lanes,
      Recipients recipients,
      DeliverySettings settings,
      InstantSource clock,
      RandomGenerator random,
      Steps steps) {
    DeliveryLog log = new DeliveryLog();
    LaneCheck check = new LaneCheck(store, lanes, recipients.pushed(), log);
    LaneFeed feed = new LaneFeed(store, lanes, recipients.pushed(), steps);
    Switching switching = Switching.of(store, lanes, recipients.pushed(), log);
    switching.toDelivery();
    check.run();
    switching.toCollection(feed);
    steps.reached(Step.LANES_CHECKED);
    LaneParts parts = LaneParts.of(store, recipients, settings, clock, random, log, steps);
    Workers workers = new Workers(lanes, parts);
    switching.delivered().forEach(workers::start);
    Mailboxes mailboxes = Mailboxes.of(store, switching.collecting(), parts);
    LaneRelay relay = new LaneRelay(feed, check, lanes, workers, settings.brokerPause(), log);
    Delivery delivery = new Delivery(store, feed, relay, workers, mailboxes, settings, log);
    store.afterOwing(relay::wake);
    relay.wake();
    return delivery;
  }

  /** How each lane and each mailbox is doing, in the order of the authorities' codes. */
  public List<LaneStatus> status() {
    return store.read(tx -> tx.owed().backlogs()).stream()
        .flatMap(each -> workers.status(each).or(() -> mailboxes.status(each)).stream())
        .toList();
  }

  /** Whether relay, watch and every lane's worker are at work; an error of ours can end one. */
  public boolean working() {
    return relayThread.alive() && watchThread.alive() && workers.alive();
  }

  /** Has everything that waits in this authority's lane tried at once. */
  public void retryNow(OdsCode authority) {
    workers.retryNow(authority);
  }

  /** What was given up of this authority's notifications, the first one first. */
  public List<DeadLetter> deadLetters(OdsCode authority, int limit) {
    return store.read(tx -> tx.deadLetters().of(authority, limit));
  }

  /**
   * Takes a dead letter up again, with the same id, number and content. It is behind what its lane
   * holds by then, and when this process ends before it is there, the next start puts it there.
   */
  public SendAgain sendAgain(NotificationId id) {
    Optional<DeadLetter> letter = store.read(tx -> tx.deadLetters().find(id));
    if (letter.filter(each -> mailboxes.have(each.authority())).isPresent()) {
      return SendAgain.COLLECTED;
    }
    Optional<OwedReference> owed =
        store.inTransaction(
            tx -> tx.deadLetters().remove(id) ? tx.owed().find(id) : Optional.empty());
    owed.ifPresent(feed::again);
    relay.wake();
    return owed.isPresent() ? SendAgain.SENT : SendAgain.NONE;
  }

  /**
   * Stops watch and relay, then the workers, and waits a while for attempts that are on their way.
   */
  @Override
  public void close() {
    store.afterOwing(() -> {});
    watchThread.stop();
    long deadline = System.nanoTime() + settings.closeWait().toNanos();
    Stream.of(relayThread, watchThread)
        .filter(thread -> !thread.ended(deadline))
        .forEach(thread -> log.slowToClose(thread.name()));
    workers.stop(settings.closeWait());
  }
}
