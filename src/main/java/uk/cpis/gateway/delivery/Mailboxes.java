package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.AuthorityBacklog;
import uk.cpis.gateway.store.Store;

/**
 * The authorities that collect, with how many each had settled when this process started. Safe to
 * share between threads.
 */
record Mailboxes(Map<OdsCode, Long> settledAtStart, MailboxWatch watch) {

  /** The mailboxes of these, of which those are left out that nobody ever knew. */
  static Mailboxes of(Store store, List<OdsCode> collecting, LaneParts parts) {
    Map<OdsCode, Long> settled =
        store.read(tx -> tx.owed().backlogs()).stream()
            .filter(backlog -> collecting.contains(backlog.authority()))
            .collect(
                Collectors.toUnmodifiableMap(
                    AuthorityBacklog::authority, AuthorityBacklog::settled));
    return new Mailboxes(settled, new MailboxWatch(store, collecting, parts));
  }

  boolean have(OdsCode authority) {
    return settledAtStart.containsKey(authority);
  }

  /** How this mailbox is doing; empty when the authority does not collect. */
  Optional<LaneStatus> status(AuthorityBacklog backlog) {
    return Optional.ofNullable(settledAtStart.get(backlog.authority()))
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
