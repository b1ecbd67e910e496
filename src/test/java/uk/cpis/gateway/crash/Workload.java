package uk.cpis.gateway.crash;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Partners at work on a gateway that comes and goes: two clinical systems, two authorities that
 * send and are delivered to, one that sends and collects. Seeded.
 */
public final class Workload implements AutoCloseable {

  /** How far back the gateway of a {@link CrashWorld} remembers messages at least. */
  private static final Duration MEMORY = Duration.ofDays(16);

  private static final LocalDate FIRST_END_IN_SIGHT_FOR_ANOTHER_FIVE_DAYS =
      LocalDate.now().minusMonths(12).plusDays(5);

  private final CrashWorld world;
  private final Gate gate = new Gate();
  private final Partner.Complaints complaints = new Partner.Complaints();
  private final List<Line> lines = new ArrayList<>();
  private final List<Asking> asking = new ArrayList<>();
  private final Submitting towerHamlets;
  private final Submitting hackney;
  private final Submitting birmingham;
  private final Collecting collecting;
  private final List<Thread> threads = new ArrayList<>();

  /** One clinician at each clinical system; so many questions in a hundred meet records. */
  public Workload(CrashWorld world, long seed, int hitPercent) {
    this(
        world,
        seed,
        hitPercent,
        List.of(world.line(TestSystem.homerton()), world.line(TestSystem.nhs111())));
  }

  /** So many clinicians who ask as fast as they can, one in four with an EC key. */
  static Workload hurried(CrashWorld world, long seed, int hitPercent, int clinicians) {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i <= clinicians; i++) {
      TestSystem system = i % 4 == 0 ? TestSystem.nhs111() : TestSystem.homerton();
      lines.add(new QuickLine(system, world.address(), world.clock()));
    }
    return new Workload(world, seed, hitPercent, lines);
  }

  private Workload(CrashWorld world, long seed, int hitPercent, List<Line> clinicians) {
    this.world = world;
    this.lines.addAll(clinicians);
    for (int i = 0; i < clinicians.size(); i++) {
      asking.add(new Asking(world, gate, seed + 10 + i, complaints, clinicians.get(i), hitPercent));
    }
    PartnerLine homerton = line(TestSystem.homerton());
    PartnerLine mailbox = line(CrashWorld.BIRMINGHAM);
    towerHamlets =
        new Submitting(
            world,
            gate,
            seed + 2,
            complaints,
            line(CrashWorld.TOWER_HAMLETS),
            homerton,
            Children.ofTowerHamlets());
    hackney =
        new Submitting(
            world,
            gate,
            seed + 3,
            complaints,
            line(CrashWorld.HACKNEY),
            homerton,
            Children.ofHackney());
    birmingham = new Submitting(world, gate, seed + 4, complaints, mailbox, homerton, List.of());
    collecting = new Collecting(world, gate, seed + 5, complaints, mailbox);
  }

  private PartnerLine line(TestSystem system) {
    PartnerLine line = world.line(system);
    lines.add(line);
    return line;
  }

  /** Which authorities have a record of the steady child of this index. */
  static String authoritiesOf(int index) {
    return switch (index % 5) {
      case 0, 1 -> "TWH";
      case 2 -> "HCK";
      case 3 -> "HCK+TWH";
      default -> "BIR+TWH";
    };
  }

  /** Sends what never changes, and then has the partners begin. */
  public void begin() throws InterruptedException {
    begin(Duration.ZERO);
  }

  /** The same, and those that submit wait so long after each change. */
  void begin(Duration betweenChanges) throws InterruptedException {
    load();
    towerHamlets.pause(betweenChanges);
    hackney.pause(betweenChanges);
    List<Partner> partners = new ArrayList<>(asking);
    partners.addAll(List.of(towerHamlets, hackney, collecting));
    for (Partner partner : partners) {
      Thread thread = new Thread(partner, "partner-" + threads.size());
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    work();
  }

  private void load() throws InterruptedException {
    gate.up();
    List<UpdateRecordType> all = steady("TWH");
    all.addAll(fading());
    towerHamlets.load(all);
    hackney.load(steady("HCK"));
    birmingham.load(steady("BIR"));
  }

  private static List<UpdateRecordType> steady(String authority) {
    return new ArrayList<>(
        IntStream.range(0, Children.steady().size())
            .filter(index -> authoritiesOf(index).contains(authority))
            .mapToObj(index -> Submitting.record(Children.steady().get(index)))
            .toList());
  }

  private static List<UpdateRecordType> fading() {
    return IntStream.range(0, Children.fading().size())
        .mapToObj(index -> Submitting.record(Children.fading().get(index), end(index)))
        .toList();
  }

  private static LocalDate end(int index) {
    return FIRST_END_IN_SIGHT_FOR_ANOTHER_FIVE_DAYS.plusDays(3L * index);
  }

  /** There is no gateway for now: who got no answer waits. */
  public void gatewayDown() {
    gate.down();
  }

  public void gatewayUp() {
    gate.up();
  }

  public void work() {
    gate.work();
  }

  /** Has everybody finish what is under way and rest; only while a gateway serves. */
  public void rest() throws InterruptedException {
    gate.rest();
  }

  /** The partners rest: has all that is owed delivered and collected. */
  public void quiet() throws InterruptedException {
    try {
      world.awaitDelivered();
    } catch (ConditionTimeoutException e) {
      complaints.add("I5 what is owed is not delivered in time");
    }
    collecting.empty();
  }

  /** After so long a time nobody sends again what was answered before. */
  public void forget() {
    asking.forEach(Asking::forget);
  }

  /** How many questions of the clinicians were answered so far, each counted once. */
  public long answered() {
    return asking.stream().mapToLong(each -> each.answersHeard.sum()).sum();
  }

  /** What partners saw that must not be. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The gateway has ended in quiet: holds the logs against its store. */
  public Verdict check() {
    Verdict verdict =
        InvariantChecker.check(
            world.clientLog(),
            world.authorityLog(),
            world.store(),
            expected(),
            world.output(),
            world.output().resolveSibling("gateway.out.err"),
            world.store().resolve("derby.log"));
    List<String> all = new ArrayList<>(complaints);
    all.addAll(verdict.broken());
    return new Verdict(all, verdict.counts());
  }

  InvariantChecker.Expected expected() {
    Set<StoreLook.Plan> there = new HashSet<>(towerHamlets.records());
    there.addAll(hackney.records());
    for (int i = 0; i < Children.steady().size(); i++) {
      for (String authority : new TreeSet<>(List.of(authoritiesOf(i).split("\\+")))) {
        there.add(Submitting.plan(Children.steady().get(i), authority));
      }
    }
    Set<StoreLook.Plan> either = new HashSet<>();
    LocalDate today = LondonDay.of(world.clock().instant());
    for (int i = 0; i < Children.fading().size(); i++) {
      boolean past = end(i).plusMonths(12).isBefore(today);
      (past ? either : there).add(Submitting.plan(Children.fading().get(i), "TWH"));
    }
    return new InvariantChecker.Expected(there, either, world.clock().instant(), MEMORY);
  }

  @Override
  public void close() {
    gate.end();
    lines.forEach(Line::close);
  }
}
