package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.AuthorityBacklog;

/**
 * Switches authorities between delivery and collection, begins with those that are new and ends
 * with those that are gone, while all goes on. By the relay's thread only, except for {@link #ask}
 * and {@link #openFor}: so nothing is carried into a lane meanwhile. Nobody is waited for: who is
 * called by a worker is switched when that call has ended, and the others are served on.
 */
final class LiveSwitching {

  private final Recipients recipients;
  private final Switch act;
  private final Ways ways;
  private final LaneFeed feed;
  private final LaneCheck check;
  private final Workers workers;
  private final Mailboxes mailboxes;
  private final OpenSwitches open;

  /** Whose lanes are to be emptied when their workers have ended; the relay's thread only. */
  private final Set<OdsCode> leaving = new TreeSet<>();

  private volatile boolean asked;

  LiveSwitching(
      Recipients recipients,
      Switch act,
      Ways ways,
      LaneFeed feed,
      LaneCheck check,
      Workers workers,
      Mailboxes mailboxes,
      OpenSwitches open) {
    this.recipients = recipients;
    this.act = act;
    this.ways = ways;
    this.feed = feed;
    this.check = check;
    this.workers = workers;
    this.mailboxes = mailboxes;
    this.open = open;
  }

  /** Others may be registered for delivery than were; from any thread. */
  void ask() {
    asked = true;
  }

  /** Whose switch has not come to its end for so long; from any thread. */
  List<OdsCode> openFor(Duration atLeast) {
    return open.openFor(atLeast);
  }

  /**
   * Does what can be done now; whether something is left to do. What fails is done again after a
   * pause, and the others are switched all the same: each act may be repeated. Throws what failed
   * for all of them.
   */
  boolean step() {
    if (open.pausing()) {
      return true;
    }
    if (asked) {
      asked = false;
      try {
        compare();
      } catch (RuntimeException e) {
        asked = true;
        throw e;
      }
    }
    toCollection(leaving.stream().filter(workers::ended).toList());
    return asked || !leaving.isEmpty();
  }

  /**
   * By what is open now, not by what was wanted last: a switch that failed half-way may have been
   * taken back. Each is asked once how it is registered, since that may change meanwhile.
   */
  private void compare() {
    Map<Boolean, List<OdsCode>> registered =
        act.known().stream()
            .filter(each -> !leaving.contains(each))
            .collect(Collectors.partitioningBy(recipients.pushed()));
    List<OdsCode> dismissed = registered.get(false).stream().filter(ways::delivered).toList();
    List<OdsCode> collecting =
        registered.get(false).stream()
            .filter(each -> !ways.delivered(each) && !mailboxes.watched(each))
            .toList();
    List<OdsCode> delivered =
        registered.get(true).stream().filter(each -> !ways.delivered(each)).toList();
    begin(dismissed, collecting, delivered);
    dismiss(dismissed);
    toCollection(collecting);
    delivered.forEach(each -> attempt(each, this::toDelivery));
  }

  private void begin(List<OdsCode> dismissed, List<OdsCode> collecting, List<OdsCode> delivered) {
    List<OdsCode> all = new ArrayList<>(leaving);
    List.of(dismissed, collecting, delivered).forEach(all::addAll);
    open.keep(all);
    all.forEach(open::begin);
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

  private void toCollection(List<OdsCode> authorities) {
    if (!authorities.isEmpty()) {
      List<AuthorityBacklog> backlogs = mailboxes.backlogs();
      authorities.forEach(each -> attempt(each, known -> toCollection(known, backlogs)));
    }
  }

  /** While the broker does not run, none is tried further: the relay says so, once for all. */
  private void attempt(OdsCode authority, Consumer<OdsCode> switching) {
    try {
      switching.accept(authority);
      open.done(authority);
    } catch (RuntimeException e) {
      asked = true;
      if (!act.canBeDone()) {
        throw e;
      }
      open.failed(authority, e);
    }
  }

  /**
   * Nothing is handed out before the last attempt to deliver has ended. That the mailbox is watched
   * comes last of what may fail: by that it is known that it is open.
   */
  private void toCollection(OdsCode authority, List<AuthorityBacklog> backlogs) {
    act.toCollection(authority);
    recipients.inForce().accept(authority, false);
    mailboxes.begin(authority, backlogs);
    workers.forget(authority);
    leaving.remove(authority);
    if (recipients.pushed().test(authority)) {
      asked = true;
    }
  }

  /**
   * Nothing is delivered before the mailbox is closed and the lane has all that is owed. That it is
   * watched no more comes first, and that it is delivered to after all that may fail.
   */
  private void toDelivery(OdsCode authority) {
    mailboxes.close(authority);
    recipients.inForce().accept(authority, true);
    act.toDelivery(authority);
    check.fill(authority);
    workers.start(authority);
    ways.deliver(authority);
    mailboxes.forget(authority);
  }
}
