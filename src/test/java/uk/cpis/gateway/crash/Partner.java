package uk.cpis.gateway.crash;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import uk.cpis.gateway.crash.ClientLog.Ending;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;

/**
 * A partner at work: one thing after the other, each until its end is known or given up. What it
 * sends and what comes back it writes down.
 */
abstract class Partner implements Runnable {

  /** What partners saw with their own eyes that must not be. Shared. */
  static final class Complaints extends CopyOnWriteArrayList<String> {
    private static final long serialVersionUID = 1L;
  }

  /** One message, to be sent once or several times. */
  record Letter(
      Line line,
      Interaction interaction,
      Kind kind,
      MessageId id,
      Object body,
      String about,
      String user,
      String expected,
      Function<Line.Answered, String> reading) {}

  /** How it ended for good. */
  record Outcome(Ending ending, String detail) {}

  final CrashWorld world;
  final Gate gate;
  final Random random;
  final Complaints complaints;
  final LongAdder answersHeard = new LongAdder();
  private volatile Duration pause = Duration.ZERO;

  Partner(CrashWorld world, Gate gate, long seed, Complaints complaints) {
    this.world = world;
    this.gate = gate;
    this.random = new Random(seed);
    this.complaints = complaints;
  }

  /** From now on it waits so long after each thing that it does. */
  final void pause(Duration wanted) {
    pause = wanted;
  }

  /** Does one thing. */
  abstract void step() throws InterruptedException;

  @Override
  public void run() {
    try {
      while (gate.begin()) {
        try {
          step();
        } finally {
          gate.done();
        }
        gate.pause(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      complaints.add("a partner failed: " + e);
      throw e;
    }
  }

  /** Sends it until its end is known; gives up after a lost answer as often as this percentage. */
  Outcome sent(Letter letter, int givesUp) throws InterruptedException {
    while (true) {
      int life = gate.life();
      Outcome outcome = once(letter);
      if (outcome.ending() == Ending.ANSWERED || outcome.ending() == Ending.REFUSED) {
        return outcome;
      }
      gate.awaitNext();
      if (gate.life() != life && random.nextInt(100) < givesUp) {
        return outcome;
      }
    }
  }

  private Outcome once(Letter letter) {
    world
        .clients()
        .sending(
            letter.id(),
            letter.kind(),
            letter.line().system().asid().digits(),
            letter.about(),
            letter.user(),
            letter.expected(),
            world.clock().instant());
    Outcome outcome =
        outcome(letter, letter.line().send(letter.interaction(), letter.id(), letter.body()));
    world.clients().ended(letter.id(), outcome.ending(), outcome.detail(), world.clock().instant());
    return outcome;
  }

  private static Outcome outcome(Letter letter, Line.Reply reply) {
    if (reply instanceof Line.Answered answered) {
      return new Outcome(Ending.ANSWERED, letter.reading().apply(answered));
    }
    if (reply instanceof Line.Faulted faulted) {
      return new Outcome(
          faulted.passing() ? Ending.UNKNOWN : Ending.REFUSED, String.join(",", faulted.codes()));
    }
    return reply instanceof Line.Status status && (status.status() == 503 || status.status() == 429)
        ? new Outcome(Ending.NOT_TAKEN, "" + status.status())
        : new Outcome(Ending.UNKNOWN, reply.toString().replaceAll("\\s+", " "));
  }
}
