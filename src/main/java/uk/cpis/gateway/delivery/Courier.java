package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.LaneDelivery;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Attempt;

/**
 * Takes one notification of a lane to its authority and settles how that ended: first in the store,
 * then with the broker. Used by the lane's thread only.
 */
final class Courier {

  /** What became of a delivery. */
  enum Ending {
    /** It is settled, given up or set aside: the lane goes on. */
    THROUGH,
    /** The authority cannot be reached: the lane waits with this one in hand. */
    HELD,
    /** The authority cannot be reached, and this one was tried long enough. */
    OUTLIVED
  }

  private final OdsCode authority;
  private final Ledger ledger;
  private final Function<Notification, DeliveryOutcome> call;
  private final SetAside setAside;
  private final LaneCondition condition;
  private final RetrySchedule schedule;
  private final Duration persistDuration;
  private final InstantSource clock;
  private final DeliveryLog log;
  private final Steps steps;

  /** How often the one was tried that the lane waits with. */
  private Optional<Held> held = Optional.empty();

  private record Held(NotificationId id, int attempts) {}

  Courier(OdsCode authority, LaneParts parts, SetAside setAside, LaneCondition condition) {
    this.authority = authority;
    this.ledger = parts.ledger();
    this.call = parts.call();
    this.setAside = setAside;
    this.condition = condition;
    this.schedule = parts.schedule();
    this.persistDuration = parts.persistDuration();
    this.clock = parts.clock();
    this.log = parts.log();
    this.steps = parts.steps();
  }

  /** Delivers a message that came from the lane, unless it was set aside and is not due yet. */
  Ending deliverFresh(LaneDelivery delivery) {
    if (setAside.holds(delivery.id())) {
      return drop(delivery, "copy of one that is set aside");
    }
    return whileOpen(
        delivery,
        open -> {
          Optional<Due> keptWait = open.attempt().flatMap(this::keptWait);
          keptWait.ifPresent(due -> setAside.put(delivery, due));
          return keptWait.isPresent() ? Ending.THROUGH : attempt(delivery, open);
        });
  }

  /** Delivers a message whose time has come. */
  Ending deliverDue(LaneDelivery delivery) {
    return whileOpen(delivery, open -> attempt(delivery, open));
  }

  /** Gives up a message of a lane that cannot be reached, if it was tried long enough. */
  Ending giveUpIfOutlived(LaneDelivery delivery, String cause) {
    return whileOpen(
        delivery, open -> outlived(open) ? giveUpOutlived(delivery, open, cause, 0) : Ending.HELD);
  }

  private Ending whileOpen(LaneDelivery delivery, Function<Ledger.Open, Ending> then) {
    Ledger.Standing standing = ledger.standing(delivery.id());
    if (standing instanceof Ledger.Closed closed) {
      return drop(delivery, closed.reason());
    }
    return then.apply((Ledger.Open) standing);
  }

  private Ending drop(LaneDelivery delivery, String reason) {
    log.dropped(authority, delivery.id(), reason);
    delivery.acknowledge();
    return Ending.THROUGH;
  }

  /** The wait that was under way when the process ended; never longer than the longest. */
  private Optional<Due> keptWait(Attempt attempt) {
    Duration remaining = Duration.between(clock.instant(), attempt.due());
    Duration wait = remaining.compareTo(schedule.longest()) < 0 ? remaining : schedule.longest();
    return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(Due.in(wait, clock));
  }

  private Ending attempt(LaneDelivery delivery, Ledger.Open open) {
    DeliveryOutcome outcome = call(open.notification());
    steps.reached(Step.CALL_ENDED);
    if (outcome instanceof DeliveryOutcome.Settled settled) {
      return settle(delivery, settled.answer());
    }
    if (outcome instanceof DeliveryOutcome.Deferred deferred) {
      return defer(delivery, open, deferred.cause());
    }
    if (outcome instanceof DeliveryOutcome.Undeliverable undeliverable) {
      condition.answered();
      int attempts = attempts(delivery.id(), open, 1);
      return giveUp(
          delivery, new GivenUp(DeadLetterReason.REFUSED, undeliverable.cause(), attempts));
    }
    return hold(delivery, open, ((DeliveryOutcome.Unreachable) outcome).cause());
  }

  /** How often this one was tried, with what was tried just now. */
  private int attempts(NotificationId id, Ledger.Open open, int justNow) {
    int whileHeld = held.filter(each -> each.id().equals(id)).map(Held::attempts).orElse(0);
    return open.attempt().map(Attempt::attempts).orElse(0) + whileHeld + justNow;
  }

  private DeliveryOutcome call(Notification notification) {
    condition.calling(true);
    try {
      return call.apply(notification);
    } catch (RuntimeException e) {
      log.callFailed(authority, notification.id(), e);
      return new DeliveryOutcome.Deferred("the gateway could not make the call");
    } finally {
      condition.calling(false);
    }
  }

  private Ending settle(LaneDelivery delivery, AuthorityAnswer answer) {
    NotificationId id = delivery.id();
    if (ledger.settle(id, answer)) {
      condition.settled();
      log.settled(authority, id, answer);
    }
    steps.reached(Step.SETTLED);
    delivery.acknowledge();
    return Ending.THROUGH;
  }

  private Ending defer(LaneDelivery delivery, Ledger.Open open, String cause) {
    condition.deferred(cause);
    int attempts = attempts(delivery.id(), open, 1);
    held = Optional.empty();
    if (outlived(open)) {
      return giveUp(delivery, outlived(cause, attempts));
    }
    Due due = Due.in(schedule.delayAfter(attempts), clock);
    ledger.setAside(new Attempt(delivery.id(), attempts, due.at(), cause));
    steps.reached(Step.SET_ASIDE);
    setAside.put(delivery, due);
    log.setAside(authority, delivery.id(), attempts, due.at(), cause);
    return Ending.THROUGH;
  }

  private Ending hold(LaneDelivery delivery, Ledger.Open open, String cause) {
    condition.failed(cause);
    if (outlived(open)) {
      return giveUpOutlived(delivery, open, cause, 1);
    }
    int before = held.filter(each -> each.id().equals(delivery.id())).map(Held::attempts).orElse(0);
    held = Optional.of(new Held(delivery.id(), before + 1));
    return Ending.HELD;
  }

  private Ending giveUpOutlived(
      LaneDelivery delivery, Ledger.Open open, String cause, int justNow) {
    giveUp(delivery, outlived(cause, attempts(delivery.id(), open, justNow)));
    return Ending.OUTLIVED;
  }

  private boolean outlived(Ledger.Open open) {
    return clock.instant().isAfter(open.notification().madeAt().plus(persistDuration));
  }

  private GivenUp outlived(String cause, int attempts) {
    String whole = "tried for " + persistDuration + ", the last: " + cause;
    return new GivenUp(DeadLetterReason.OUTLIVED, whole, attempts);
  }

  private boolean recordGivenUp(NotificationId id, GivenUp why) {
    return why.reason() == DeadLetterReason.OUTLIVED && !condition.proven()
        ? ledger.giveUpUnanswered(id, authority, why)
        : ledger.giveUp(id, authority, why);
  }

  private Ending giveUp(LaneDelivery delivery, GivenUp why) {
    held = Optional.empty();
    if (recordGivenUp(delivery.id(), why)) {
      log.deadLetter(authority, delivery.id(), why);
    }
    steps.reached(Step.GIVEN_UP);
    delivery.acknowledge();
    return Ending.THROUGH;
  }
}
