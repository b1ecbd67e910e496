package uk.cpis.gateway.crash;

import static org.awaitility.Awaitility.await;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import uk.cpis.gateway.crash.GatewayProcess.Death;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.testing.TestStore;

/**
 * One gateway's data and many lives over it: each is killed under load, at a step or at any time,
 * and the next one has to go on without hands.
 */
public final class CrashRun implements AutoCloseable {

  private static final Duration LONGEST_TO_A_STEP = Duration.ofMinutes(2);

  /** After which all messages are forgotten, and the next records have ended long enough. */
  private static final Duration MUCH_LATER = Duration.ofDays(17);

  private static final int HIT_PERCENT = 50;

  private final PrintStream out;
  private final CrashWorld world;
  private final Workload load;
  private final List<String> notReached = new ArrayList<>();
  private final SealsLook seals = new SealsLook();
  private int kills;

  /** Begins with no store at all. */
  public CrashRun(Path folder, long seed, PrintStream out) {
    this(folder, seed, out, Map.of());
  }

  /** The same with these settings of the gateway. */
  public CrashRun(Path folder, long seed, PrintStream out, Map<String, String> settings) {
    this.out = out;
    this.world = new CrashWorld(folder, settings);
    this.load = new Workload(world, seed, HIT_PERCENT);
    out.println("seed " + seed + ", folder " + folder);
  }

  /** Begins with an empty store that was made before: the first start takes less. */
  public CrashRun withAStore() {
    TestStore.make(world.store());
    return this;
  }

  /** Starts the first gateway that lives, and has the partners begin. */
  public void begin() throws InterruptedException {
    world.start();
    load.begin();
  }

  /** Before it began: a gateway that dies while it makes or migrates its store. */
  public void killBeforeTheFirstStart(Death death) {
    reached(death, world.startAndDie(death));
  }

  /** Kills the gateway while it works, the next one at this step of its start. */
  public void killAtStart(Death death) {
    kill();
    reached(death, world.startAndDie(death));
    again();
  }

  /** Kills the gateway at any time, after so many milliseconds of work. */
  public void killAfter(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
    kill();
    kills++;
    again();
    say("at any time, after " + millis + " ms");
  }

  /** Stops the gateway's process for a while, as a virtual machine that stands still. */
  public void freeze(Duration time) throws InterruptedException {
    world.gateway().signal("STOP");
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
    world.gateway().signal("CONT");
  }

  /** Kills the gateway at this step, and sees to it that it gets there. */
  public void killAt(Death death) throws InterruptedException {
    Runnable provocation = provocation(death.step());
    GatewayProcess gateway = world.gateway();
    gateway.dieAt(death);
    Thread provoking = new Thread(provocation, "provoking");
    provoking.setDaemon(true);
    provoking.start();
    boolean reached = gateway.died(LONGEST_TO_A_STEP);
    kill();
    provoking.interrupt();
    provoking.join();
    world.behave(AuthorityBehaviour.ACCEPT);
    again();
    reached(death, reached);
  }

  private Runnable provocation(Step step) throws InterruptedException {
    switch (step) {
      case BATCH_REMOVED, REMOVAL_COMMITTED, SWEPT -> {
        muchLater();
        return world::sweep;
      }
      case GIVEN_UP -> world.behave(AuthorityBehaviour.REFUSE);
      case SET_ASIDE -> world.behave(AuthorityBehaviour.TRY_LATER);
      case LETTER_TAKEN_UP, SENT_AGAIN -> {
        world.behave(AuthorityBehaviour.REFUSE);
        awaitDeadLetters();
        world.behave(AuthorityBehaviour.ACCEPT);
        return this::sendAgainUntilItDies;
      }
      default -> {}
    }
    return () -> {};
  }

  private void muchLater() throws InterruptedException {
    load.rest();
    load.quiet();
    world.gateway().stop();
    world.clock().shift(MUCH_LATER);
    load.forget();
    world.start();
    load.gatewayUp();
    load.work();
  }

  private void awaitDeadLetters() {
    await()
        .atMost(LONGEST_TO_A_STEP)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> world.get("/dead-letters/TWH").size() > 3);
  }

  private void sendAgainUntilItDies() {
    while (world.gateway().alive() && !Thread.currentThread().isInterrupted()) {
      world.sendDeadLettersAgain();
    }
  }

  private void kill() {
    world.gateway().kill();
    load.gatewayDown();
  }

  /** Before anybody works again: what is sealed is whole, and is what was sealed before. */
  private void again() {
    world.start();
    world.post("/audit/export").ifPresent(seals::look);
    load.gatewayUp();
  }

  private void reached(Death death, boolean reached) {
    if (reached) {
      kills++;
      say("at " + death);
    } else {
      notReached.add(death.toString());
      out.println("NOT REACHED: " + death);
    }
  }

  private void say(String how) {
    List<Duration> starts = world.starts();
    out.printf(
        "kill %d %s%s%n",
        kills,
        how,
        starts.isEmpty()
            ? ""
            : ", serving again after " + starts.get(starts.size() - 1).toMillis() + " ms");
  }

  /**
   * Has the last gateway asked and all delivered, ends it in order, and checks everything; nobody
   * works then.
   */
  public Verdict verdict() throws InterruptedException {
    long before = load.answered();
    load.work();
    await("an answer after the last start")
        .atMost(LONGEST_TO_A_STEP)
        .until(() -> load.answered() > before);
    load.rest();
    load.quiet();
    world.gateway().stop();
    load.gatewayDown();
    Verdict verdict = load.check();
    out.println(verdict);
    return verdict;
  }

  /** After a verdict: starts again and goes on. */
  public void goOn() {
    again();
    load.work();
  }

  public int kills() {
    return kills;
  }

  /** What a check of the audit found after a kill. */
  public List<String> sealFindings() {
    return seals.findings();
  }

  /** How many exports were checked. */
  public int sealsLookedAt() {
    return seals.looks();
  }

  /** The steps that no gateway got to in time. */
  public List<String> notReached() {
    return List.copyOf(notReached);
  }

  /** The longest time from the start of a process until it served. */
  public Duration longestStart() {
    return world.starts().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  CrashWorld world() {
    return world;
  }

  Workload load() {
    return load;
  }

  @Override
  public void close() {
    load.close();
    world.close();
  }
}
