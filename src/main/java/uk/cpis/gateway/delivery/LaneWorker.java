package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import uk.cpis.gateway.queue.Lane;
import uk.cpis.gateway.queue.LaneDelivery;
import uk.cpis.gateway.store.AuthorityBacklog;

/**
 * Delivers one lane's notifications in their order, on a thread of its own. When the authority
 * cannot be reached the lane waits with its first notification in hand; when only one is refused
 * for the moment, that one is set aside and the lane flows on.
 */
final class LaneWorker implements WorkThread.Work {

  /** How long an idle lane is asked for its next message in one go. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** How often a lane that waits for a time looks at the clock. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Lane lane;
  private final InstantSource clock;
  private final SetAside setAside;
  private final LaneCondition condition;
  private final Courier courier;
  private final Bell bell = new Bell();
  private volatile boolean stopping;

  /** What the lane waits with; touched by the lane's thread only. */
  private Optional<LaneDelivery> head = Optional.empty();

  LaneWorker(Lane lane, LaneParts parts) {
    this.lane = lane;
    this.clock = parts.clock();
    this.setAside = new SetAside(parts.mostSetAside(), clock);
    this.condition =
        new LaneCondition(lane.authority(), parts.schedule(), parts.calm(), clock, parts.log());
    this.courier = new Courier(lane.authority(), parts, setAside, condition);
  }

  /** Delivers until it is stopped; whatever fails, the lane is tried again. */
  @Override
  public void run() {
    while (!stopping && !Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (RuntimeException e) {
        startAfresh(e);
      }
    }
    lane.release();
  }

  private void step() {
    condition.look();
    Optional<Due> pause = condition.pause();
    if (pause.isPresent()) {
      bell.await(atMostALook(pause.get()));
      return;
    }
    Optional<LaneDelivery> due = head.or(setAside::takeDue);
    head = Optional.empty();
    if (due.isPresent()) {
      conclude(due.get(), courier.deliverDue(due.get()));
    } else if (setAside.full()) {
      condition.crowded(setAside.size());
      setAside.next().ifPresent(next -> bell.await(atMostALook(next)));
    } else {
      lane.take(idle()).ifPresent(fresh -> conclude(fresh, courier.deliverFresh(fresh)));
    }
    condition.untroubled();
  }

  private Duration idle() {
    if (condition.isTroubled()) {
      return LOOK;
    }
    return Stream.concat(setAside.next().stream(), condition.nextLook().stream())
        .map(this::atMostALook)
        .min(Comparator.naturalOrder())
        .orElse(IDLE);
  }

  private Duration atMostALook(Due due) {
    Duration remaining = due.remaining(clock);
    return remaining.compareTo(LOOK) < 0 ? remaining : LOOK;
  }

  private void conclude(LaneDelivery delivery, Courier.Ending ending) {
    if (ending == Courier.Ending.HELD) {
      head = Optional.of(delivery);
    } else if (ending == Courier.Ending.OUTLIVED) {
      giveUpFollowers();
    }
  }

  /** A failed attempt speaks for the whole lane: what outlived its time goes without its own. */
  private void giveUpFollowers() {
    String cause = condition.lastCause().orElseThrow();
    while (head.isEmpty() && !stopping) {
      Optional<LaneDelivery> follower = lane.take(Duration.ZERO);
      if (follower.isEmpty()) {
        return;
      }
      if (courier.giveUpIfOutlived(follower.get(), cause) == Courier.Ending.HELD) {
        head = follower;
      }
    }
  }

  /** The store or the broker failed: what is in hand comes again from the lane, after a wait. */
  private void startAfresh(RuntimeException cause) {
    if (!stopping) {
      condition.troubled(Trouble.of(cause, lane.running()), cause);
    }
    head = Optional.empty();
    setAside.clear();
    lane.release();
  }

  /** Tries whatever waits at once; from any thread. */
  void retryNow() {
    condition.hurry();
    setAside.hurry();
    bell.ring();
  }

  /** The authority answered for good since the start, and no failure came after it. */
  boolean proven() {
    return condition.proven();
  }

  /** Whether that has come true since this was last asked. */
  boolean takeProvenAnew() {
    return condition.takeProvenAnew();
  }

  /** How much is in the lane beside what is set aside. */
  long ahead() {
    return lane.depth() - setAside.size();
  }

  /** Whether nothing at all is in the lane, so that no attempt would be made. */
  boolean empty() {
    return lane.depth() == 0;
  }

  /** Ends the work after the attempt that is on its way. */
  @Override
  public void stop() {
    stopping = true;
    bell.ring();
    lane.release();
  }

  /** How the lane is doing, beside what the store counts; from any thread. */
  LaneStatus status(AuthorityBacklog backlog) {
    Optional<Instant> nextAttempt = condition.pause().or(setAside::next).map(Due::at);
    return new LaneStatus(
        lane.authority(),
        condition.state(),
        backlog.unsettled() - backlog.deadLetters(),
        setAside.size(),
        condition.settledSinceStart(),
        backlog.deadLetters(),
        nextAttempt,
        condition.lastCause(),
        condition.lastSuccess(),
        backlog.oldestUnsettled(),
        condition.badSince());
  }
}
