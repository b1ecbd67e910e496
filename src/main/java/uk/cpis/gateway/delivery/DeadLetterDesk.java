package uk.cpis.gateway.delivery;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * What operators see of dead letters and have sent again, each act audited in their names together
 * with its effect. Safe to share between threads.
 */
public final class DeadLetterDesk {

  private final Store store;
  private final Audit audit;
  private final Mailboxes mailboxes;
  private final LaneFeed feed;
  private final Runnable carry;
  private final SendingAgain sending;
  private final InstantSource clock;

  DeadLetterDesk(
      Store store,
      Audit audit,
      Mailboxes mailboxes,
      LaneFeed feed,
      Runnable carry,
      SendingAgain sending,
      InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.mailboxes = mailboxes;
    this.feed = feed;
    this.carry = carry;
    this.sending = sending;
    this.clock = clock;
  }

  /** What was given up of this authority's notifications, the one that was owed first first. */
  public List<DeadLetter> of(OdsCode authority, int limit) {
    return store.read(tx -> tx.deadLetters().of(authority, limit));
  }

  /** One of them. */
  public Optional<DeadLetter> find(NotificationId id) {
    return store.read(tx -> tx.deadLetters().find(id));
  }

  /** How many there are, by authority and reason. */
  public List<DeadLetterCount> counts() {
    return store.read(tx -> tx.deadLetters().counts());
  }

  /**
   * Takes a dead letter up again at once, with the same id, number and content. It is behind what
   * its lane holds by then, and when this process ends before it is there, the next start puts it
   * there.
   */
  public SendAgain sendAgain(NotificationId id, Operator operator) {
    Optional<DeadLetter> letter = find(id);
    if (letter.filter(each -> mailboxes.have(each.authority())).isPresent()) {
      return SendAgain.COLLECTED;
    }
    Optional<OwedReference> owed = store.inTransaction(tx -> takeUp(tx, id, operator));
    owed.ifPresent(feed::again);
    carry.run();
    return owed.isPresent() ? SendAgain.SENT : SendAgain.NONE;
  }

  private Optional<OwedReference> takeUp(Transaction tx, NotificationId id, Operator operator) {
    Optional<OwedReference> owed = tx.deadLetters().takeUp(id, clock.instant());
    owed.ifPresent(
        each ->
            audit.appendOperation(
                tx, operator, each.authority(), id, AuditEvent.DEAD_LETTERS_SENT_AGAIN, "ONE"));
    return owed;
  }

  /**
   * Wishes for all dead letters that there are now of this authority, or of all, for this reason,
   * or for any; how many they are. They are taken up one after the other, the oldest first. What
   * waits in mailboxes is left out: it is offered on.
   */
  public long sendAgain(
      Optional<OdsCode> authority, Optional<DeadLetterReason> reason, Operator operator) {
    List<OdsCode> authorities =
        counts().stream()
            .map(DeadLetterCount::authority)
            .distinct()
            .filter(each -> authority.map(each::equals).orElse(true))
            .filter(each -> !mailboxes.have(each))
            .toList();
    return authorities.stream().mapToLong(each -> wish(each, reason, operator)).sum();
  }

  private long wish(OdsCode authority, Optional<DeadLetterReason> reason, Operator operator) {
    List<DeadLetterReason> reasons =
        Arrays.stream(DeadLetterReason.values())
            .filter(each -> reason.map(each::equals).orElse(true))
            .toList();
    long count = store.inTransaction(tx -> wish(tx, authority, reasons, operator));
    sending.wake(authority);
    return count;
  }

  private long wish(
      Transaction tx, OdsCode authority, List<DeadLetterReason> reasons, Operator operator) {
    long whole = 0;
    for (DeadLetterReason reason : reasons) {
      long count = tx.sendAgainWishes().add(authority, reason);
      if (count > 0) {
        AuditEvent event = AuditEvent.DEAD_LETTERS_SENT_AGAIN;
        audit.appendOperation(tx, operator, authority, event, reason + "_" + count);
      }
      whole += count;
    }
    return whole;
  }
}
