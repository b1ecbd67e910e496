package uk.cpis.gateway.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import uk.cpis.gateway.crash.GatewayProcess.Death;
import uk.cpis.gateway.steps.Step;

/**
 * The long run: so many kills, every step in turn and in between at any time, in an order that the
 * seed decides. Ends with status 1 when an invariant is broken or a step was tried and not reached;
 * says which steps so few kills did not try.
 */
public final class CrashMatrix {

  private static final int CHECKED_EVERY = 15;
  private static final int LONGEST_LIFE_MILLIS = 5_000;
  private static final int STEPS_TO_ONE_ANY_TIME = 3;

  /** Where a gateway dies before it serves for the first time. */
  private static final List<Step> FIRST_START =
      List.of(Step.STORE_MADE, Step.MIGRATION_BEGUN, Step.MIGRATION_WRITTEN);

  private static final Set<Step> START =
      EnumSet.of(Step.STORE_OPENED, Step.BROKER_OPENED, Step.LANES_CHECKED, Step.DELIVERY_OPENED);

  private static final Set<Step> SWEEPING =
      EnumSet.of(Step.BATCH_REMOVED, Step.REMOVAL_COMMITTED, Step.SWEPT);

  private final Random random;
  private final int wanted;
  private final List<Step> steps;
  private final Set<Step> tried = EnumSet.noneOf(Step.class);

  private CrashMatrix(long seed, int wanted, List<Step> steps) {
    this.random = new Random(seed);
    this.wanted = wanted;
    this.steps = steps;
  }

  /**
   * Arguments: the kills; the seed, or "random"; then, if not all, the steps to be killed at, apart
   * from any time.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int kills = Integer.parseInt(arguments[0]);
    if (kills < 1) {
      System.err.println("one kill at the least: " + kills);
      System.exit(2);
    }
    long seed =
        arguments[1].equals("random")
            ? new Random().nextInt(1_000_000)
            : Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "crash");
    boolean good;
    try (CrashRun run = new CrashRun(folder, seed, System.out)) {
      good = new CrashMatrix(seed, kills, steps(arguments)).carriedOut(run);
    }
    if (good) {
      CrashWorld.delete(folder);
    }
    System.exit(good ? 0 : 1);
  }

  private static List<Step> steps(String[] arguments) {
    return arguments.length < 3
        ? List.of(Step.values())
        : Stream.of(arguments[2].split(",")).map(Step::valueOf).toList();
  }

  private boolean carriedOut(CrashRun run) throws InterruptedException {
    boolean good = true;
    List<Step> firstStart = firstStarts();
    tried.addAll(firstStart);
    for (Step step : firstStart) {
      // Each goes on where the last one ended: there are more than six migrations.
      run.killBeforeTheFirstStart(new Death(step, step == Step.STORE_MADE ? 0 : random.nextInt(3)));
    }
    run.begin();
    List<Integer> round = List.of();
    for (int i = firstStart.size(); i < wanted; i++) {
      if (round.isEmpty()) {
        round = round();
      }
      kill(run, round.remove(round.size() - 1));
      if ((i + 1) % CHECKED_EVERY == 0 && i + 1 < wanted) {
        good &= run.verdict().holds();
        run.goOn();
      }
    }
    good &= run.verdict().holds();
    good &= run.sealFindings().isEmpty();
    run.sealFindings().forEach(each -> System.out.println("I11 the audit: " + each));
    System.out.printf(
        "%d kills, %d audits checked, longest start %d ms, not reached %s: %s%n",
        run.kills(),
        run.sealsLookedAt(),
        run.longestStart().toMillis(),
        run.notReached(),
        good ? "every invariant holds" : "BROKEN");
    sayWhatWasNotTried();
    return good && run.notReached().isEmpty();
  }

  /** Where it is to die before it serves; of few kills some are left for when it is asked. */
  private List<Step> firstStarts() {
    int most = FIRST_START.containsAll(steps) ? wanted : wanted / 2;
    return FIRST_START.stream().filter(steps::contains).limit(most).toList();
  }

  private void sayWhatWasNotTried() {
    List<Step> left = steps.stream().filter(step -> !tried.contains(step)).toList();
    if (!left.isEmpty()) {
      System.out.printf("%d of %d steps were not tried: %s%n", left.size(), steps.size(), left);
    }
  }

  /** The steps by their places, and a few kills at any time, which have none. */
  private List<Integer> round() {
    List<Integer> round = new ArrayList<>();
    for (Step step : steps) {
      if (!FIRST_START.contains(step)) {
        round.add(step.ordinal());
      }
    }
    int anyTime = Math.max(round.isEmpty() ? 1 : 0, steps.size() / STEPS_TO_ONE_ANY_TIME);
    for (int i = 0; i < anyTime; i++) {
      round.add(-1);
    }
    Collections.shuffle(round, random);
    return round;
  }

  private void kill(CrashRun run, int place) throws InterruptedException {
    if (place < 0) {
      run.killAfter(100 + random.nextInt(LONGEST_LIFE_MILLIS));
      return;
    }
    Step step = Step.values()[place];
    tried.add(step);
    if (START.contains(step)) {
      run.killAtStart(new Death(step, 0));
    } else if (SWEEPING.contains(step)) {
      run.killAt(new Death(step, step == Step.SWEPT ? 0 : random.nextInt(7)));
    } else {
      run.killAt(new Death(step, random.nextInt(6)));
    }
  }
}
