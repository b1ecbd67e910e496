package uk.cpis.gateway.delivery;

import java.time.InstantSource;
import java.util.Optional;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.store.Attempt;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * How notifications stand, as the store has it: what is owed, settled, given up or tried in vain.
 * Each call is one short transaction. Safe to share between threads.
 */
final class Ledger {

  /** How one notification stands. */
  sealed interface Standing {}

  /** To be delivered; with the attempts so far, where it was set aside. */
  record Open(Notification notification, Optional<Attempt> attempt) implements Standing {}

  /** Nothing is to be delivered. */
  record Closed(String reason) implements Standing {}

  private final Store store;
  private final InstantSource clock;

  Ledger(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  Standing standing(NotificationId id) {
    return store.read(tx -> standing(tx, id));
  }

  private static Standing standing(Transaction tx, NotificationId id) {
    if (tx.settlements().find(id).isPresent()) {
      return new Closed("settled");
    }
    if (tx.deadLetters().find(id).isPresent()) {
      return new Closed("dead letter");
    }
    Optional<Notification> owed = tx.owed().notification(id);
    return owed.isEmpty()
        ? new Closed("not in the store")
        : new Open(owed.get(), tx.attempts().find(id));
  }

  /** Records the answer; false when there was one already, which then stands. */
  boolean settle(NotificationId id, AuthorityAnswer answer) {
    return store.inTransaction(tx -> tx.settlements().settle(id, answer, clock.instant()));
  }

  /** Makes it a dead letter and forgets its clock; false when it is settled meanwhile. */
  boolean giveUp(NotificationId id, OdsCode authority, GivenUp why) {
    return store.inTransaction(tx -> giveUp(tx, id, authority, why));
  }

  /** Makes it a dead letter to which nobody answered: a wish to have it sent again stays. */
  boolean giveUpUnanswered(NotificationId id, OdsCode authority, GivenUp why) {
    return store.inTransaction(
        tx -> {
          boolean given = giveUp(tx, id, authority, why);
          tx.sendAgainWishes().giveBack(id, authority);
          return given;
        });
  }

  private boolean giveUp(Transaction tx, NotificationId id, OdsCode authority, GivenUp why) {
    boolean given = tx.deadLetters().add(id, authority, why, clock.instant());
    tx.attempts().remove(id);
    return given;
  }

  void setAside(Attempt attempt) {
    store.inTransaction(
        tx -> {
          tx.attempts().put(attempt);
          return attempt;
        });
  }
}
