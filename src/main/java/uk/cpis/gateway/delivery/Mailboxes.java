package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.AuthorityBacklog;
import uk.cpis.gateway.store.Store;

/**
 * The authorities that collect, with how many each had settled when that began in this process.
 * Safe to share between threads.
 */
final class Mailboxes {

  private final Store store;
  private final MailboxWatch watch;
  private final Map<OdsCode, Long> settledBefore = new ConcurrentHashMap<>();

  private Mailboxes(Store store, MailboxWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  /** The mailboxes of these, of which those are left out that nobody ever knew. */
  static Mailboxes of(Store store, List<OdsCode> collecting, LaneParts parts) {
    Mailboxes mailboxes = new Mailboxes(store, new MailboxWatch(store, collecting, parts));
    mailboxes.backlogs().stream()
        .filter(backlog -> collecting.contains(backlog.authority()))
        .forEach(backlog -> mailboxes.settledBefore.put(backlog.authority(), backlog.settled()));
    return mailboxes;
  }

  MailboxWatch watch() {
    return watch;
  }

  /** How everybody's notifications stand: one look at all of them. */
  List<AuthorityBacklog> backlogs() {
    return store.read(tx -> tx.owed().backlogs());
  }

  /** This authority collects from now on; how its notifications stand is among these. */
  void begin(OdsCode authority, List<AuthorityBacklog> backlogs) {
    backlogs.stream()
        .filter(backlog -> backlog.authority().equals(authority))
        .forEach(backlog -> settledBefore.put(authority, backlog.settled()));
    watch.begin(authority);
  }

  /** It collects no more: when this returns, nothing of it is given up for not being collected. */
  void close(OdsCode authority) {
    watch.end(authority);
  }

  /** Shows no more how the mailbox was doing of one that collects no more. */
  void forget(OdsCode authority) {
    settledBefore.remove(authority);
  }

  /** Whether it collects, also while it is being switched to delivery. */
  boolean have(OdsCode authority) {
    return settledBefore.containsKey(authority);
  }

  /** Whether this mailbox is open now. */
  boolean watched(OdsCode authority) {
    return watch.watches(authority);
  }

  /** How this mailbox is doing; empty when the authority does not collect. */
  Optional<LaneStatus> status(AuthorityBacklog backlog) {
    return Optional.ofNullable(settledBefore.get(backlog.authority()))
        .map(settled -> status(backlog, backlog.settled() - settled));
  }

  private static LaneStatus status(AuthorityBacklog backlog, long settledSinceStart) {
    return new LaneStatus(
        backlog.authority(),
        LaneStatus.State.MAILBOX,
        backlog.unsettled() - backlog.deadLetters(),
        0,
        settledSinceStart,
        backlog.deadLetters(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        backlog.oldestUnsettled(),
        Optional.empty());
  }
}
