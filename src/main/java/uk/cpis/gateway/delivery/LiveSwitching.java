package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.Store;

/**
 * Switches authorities between delivery and collection, begins with those that are new and ends
 * with those that are gone, while all goes on. By the relay's thread only, except for {@link #ask}:
 * so nothing is carried into a lane meanwhile. Nobody is waited for: who is called by a worker is
 * switched when that call has ended, and the others are served on.
 */
final class LiveSwitching {

  private final Store store;
  private final Recipients recipients;
  private final Switch act;
  private final Ways ways;
  private final LaneFeed feed;
  private final LaneCheck check;
  private final Workers workers;
  private final Mailboxes mailboxes;

  /** Whose lanes are to be emptied when their workers have ended; the relay's thread only. */
  private final Set<OdsCode> leaving = new TreeSet<>();

  private volatile boolean asked;

  LiveSwitching(
      Store store,
      Recipients recipients,
      Switch act,
      Ways ways,
      LaneFeed feed,
      LaneCheck check,
      Workers workers,
      Mailboxes mailboxes) {
    this.store = store;
    this.recipients = recipients;
    this.act = act;
    this.ways = ways;
    this.feed = feed;
    this.check = check;
    this.workers = workers;
    this.mailboxes = mailboxes;
  }

  /** Others may be registered for delivery than were; from any thread. */
  void ask() {
    asked = true;
  }

  /**
   * Does what can be done now; whether something is left to do. What fails is done again with the
   * next step: each act may be repeated.
   */
  boolean step() {
    if (asked) {
      asked = false;
      try {
        compare();
      } catch (RuntimeException e) {
        asked = true;
        throw e;
      }
    }
    List.copyOf(leaving).stream().filter(workers::ended).forEach(this::toCollection);
    return asked || !leaving.isEmpty();
  }

  private void compare() {
    List<OdsCode> settled =
        Switching.known(store).stream().filter(each -> !leaving.contains(each)).toList();
    List<OdsCode> wanted = settled.stream().filter(recipients.pushed()).toList();
    List<OdsCode> collecting = settled.stream().filter(recipients.pushed().negate()).toList();
    dismiss(collecting.stream().filter(ways::delivered).toList());
    collecting.stream()
        .filter(each -> !leaving.contains(each) && !mailboxes.have(each))
        .forEach(this::toCollection);
    wanted.stream().filter(each -> !ways.delivered(each)).forEach(this::toDelivery);
  }

  /**
   * Before the worker goes the relay catches up: what it sent and forgot to note it would send once
   * more, and the broker would drop it, should the authority be switched back.
   */
  private void dismiss(List<OdsCode> authorities) {
    if (!authorities.isEmpty()) {
      feed.catchUp();
    }
    for (OdsCode authority : authorities) {
      ways.deliverNoMore(authority);
      leaving.add(authority);
      workers.dismiss(authority);
    }
  }

  /** Nothing is handed out before the last attempt to deliver has ended. */
  private void toCollection(OdsCode authority) {
    act.toCollection(authority);
    mailboxes.begin(authority);
    recipients.inForce().accept(authority, false);
    workers.forget(authority);
    leaving.remove(authority);
    asked |= recipients.pushed().test(authority);
  }

  /** Nothing is delivered before the mailbox is closed and the lane has all that is owed. */
  private void toDelivery(OdsCode authority) {
    recipients.inForce().accept(authority, true);
    mailboxes.close(authority);
    act.toDelivery(authority);
    check.fill(authority);
    ways.deliver(authority);
    workers.start(authority);
    mailboxes.forget(authority);
  }
}
