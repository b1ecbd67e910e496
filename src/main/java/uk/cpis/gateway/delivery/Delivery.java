package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationStanding;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Store;

/**
 * Delivers what is owed to every authority that is sent its notifications: one relay, and one
 * worker for each lane, so that no authority waits for another. Safe to share between threads. It
 * closes neither the store nor the lanes, which were given to it.
 */
public final class Delivery implements AutoCloseable {

  private final Store store;
  private final DeadLetterDesk deadLetters;
  private final LaneRelay relay;
  private final List<WorkThread> threads;
  private final Workers workers;
  private final Mailboxes mailboxes;
  private final DeliverySettings settings;
  private final DeliveryLog log;

  private Delivery(
      Store store,
      DeadLetterDesk deadLetters,
      LaneRelay relay,
      List<WorkThread> threads,
      Workers workers,
      Mailboxes mailboxes,
      DeliverySettings settings,
      DeliveryLog log) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.relay = relay;
    this.threads = threads;
    this.workers = workers;
    this.mailboxes = mailboxes;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Switches between delivery and collection who is registered otherwise than last time, puts the
   * lanes right by the store, then starts a worker for each authority that is sent its
   * notifications, and the relay, which the store wakes from now on. While the broker does not run
   * none of this is done with its lanes: the relay does it when it runs, and who was switched to
   * collection has his lane emptied by the next start.
   */
  public static Delivery open(
      Store store,
      Lanes lanes,
      Recipients recipients,
      DeliverySettings settings,
      Audit audit,
      InstantSource clock,
      RandomGenerator random,
      Steps steps) {
    DeliveryLog log = new DeliveryLog();
    Switching switching = Switching.of(store, lanes, recipients.pushed(), log);
    Ways ways = new Ways(switching.delivered());
    LaneCheck check = new LaneCheck(store, lanes, ways::delivered, log);
    LaneFeed feed = new LaneFeed(store, lanes, ways::delivered, steps);
    switching.toDelivery();
    boolean compared = lanes.running();
    if (compared) {
      check.run();
      switching.toCollection(feed);
    }
    steps.reached(Step.LANES_CHECKED);
    LaneParts parts = LaneParts.of(store, recipients, settings, clock, random, log, steps);
    Workers workers = new Workers(lanes, parts);
    switching.tell(recipients.inForce());
    switching.delivered().forEach(workers::start);
    Mailboxes mailboxes = Mailboxes.of(store, switching.collecting(), parts);
    LiveSwitching live =
        new LiveSwitching(
            recipients,
            new Switch(store, lanes, log),
            ways,
            feed,
            check,
            workers,
            mailboxes,
            new OpenSwitches(settings.brokerPause(), log));
    LaneRelay relay =
        new LaneRelay(feed, live, check, lanes, workers, settings.brokerPause(), compared, log);
    SendingAgain sending = new SendingAgain(store, feed, workers, settings, parts, relay::wake);
    DeadLetterDesk desk =
        new DeadLetterDesk(store, audit, mailboxes, feed, relay::wake, sending, clock);
    List<WorkThread> threads =
        List.of(
            WorkThread.start("mailbox-watch", mailboxes.watch(), log),
            WorkThread.start("send-again", sending, log),
            WorkThread.start("lane-relay", relay, log));
    store.afterOwing(relay::wake);
    relay.wake();
    return new Delivery(store, desk, relay, threads, workers, mailboxes, settings, log);
  }

  /** How each lane and each mailbox is doing, in the order of the authorities' codes. */
  public List<LaneStatus> status() {
    return store.read(tx -> tx.owed().backlogs()).stream()
        .flatMap(each -> workers.status(each).or(() -> mailboxes.status(each)).stream())
        .toList();
  }

  /** Whether relay, watches and every lane's worker are at work; an error of ours can end one. */
  public boolean working() {
    return threads.stream().allMatch(WorkThread::alive) && workers.alive();
  }

  /**
   * Others may be registered for delivery than were. What is owed to them goes the new way from
   * then on; it is begun at once and waits for a broker that does not run, and for the attempt that
   * is on its way.
   */
  public void waysChanged() {
    relay.waysChanged();
  }

  /** Whose switch between delivery and collection has not come to its end for so long. */
  public List<OdsCode> switchingFor(Duration atLeast) {
    return relay.switchingFor(atLeast);
  }

  /** Has everything that waits in this authority's lane tried at once. */
  public void retryNow(OdsCode authority) {
    workers.retryNow(authority);
  }

  /** In which state this notification is; empty when there is none. */
  public Optional<NotificationStanding> standing(NotificationId id) {
    return store.read(tx -> tx.owed().standing(id));
  }

  /** What operators see of dead letters and have sent again. */
  public DeadLetterDesk deadLetters() {
    return deadLetters;
  }

  /**
   * Stops the watches and the relay, then the workers, and waits a while for attempts that are on
   * their way.
   */
  @Override
  public void close() {
    store.afterOwing(() -> {});
    threads.forEach(WorkThread::stop);
    long deadline = System.nanoTime() + settings.closeWait().toNanos();
    threads.stream()
        .filter(thread -> !thread.ended(deadline))
        .forEach(thread -> log.slowToClose(thread.name()));
    workers.stop(settings.closeWait());
  }
}
