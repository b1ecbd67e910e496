package uk.cpis.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Very many queries with 256 MB of heap: the heap must not grow, the disk must be what the README
 * says, and every invariant must hold at the end. Ends with status 1 when not.
 */
public final class Soak {

  /** Of an empty store that is closed, and the broker's journal. */
  static final long FIXED_BYTES = 27L * 1024 * 1024;

  /**
   * Of one access with its signature and seal, the memory of its message, its line in the history
   * and all indexes.
   */
  static final long BYTES_OF_AN_ACCESS = 2_200;

  /** Of one notification with what was frozen for it, while it is kept whole. */
  static final long BYTES_OF_A_NOTIFICATION = 4_000;

  /** Of one submission of a few records, with its acknowledgement and what became of each. */
  static final long BYTES_OF_A_SUBMISSION = 6_000;

  private static final long SECOND = 1_000_000_000L;
  private static final int LOOKS = 20;
  private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
  private static final int HIT_PERCENT = 3;
  private static final int CLINICIANS = 8;
  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(2);
  private static final int TENTHS = 10;
  private static final double MOST_HEAP_GROWTH = 1.1;
  private static final double MOST_OFF_THE_FORMULA = 0.2;

  private final CrashWorld world;
  private final Workload load;
  private final long queries;
  private final List<Long> heaps = new ArrayList<>();

  private Soak(CrashWorld world, Workload load, long queries) {
    this.world = world;
    this.load = load;
    this.queries = queries;
  }

  /** Arguments: how many queries, and the seed, or "random". */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long queries = Long.parseLong(arguments[0].replace("_", ""));
    long seed =
        arguments[1].equals("random")
            ? new Random().nextInt(1_000_000)
            : Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "soak");
    System.out.printf("soak of %,d queries, seed %d, folder %s%n", queries, seed, folder);
    boolean good;
    try (CrashWorld world = new CrashWorld(folder, Map.of());
        Workload load = Workload.hurried(world, seed, HIT_PERCENT, CLINICIANS)) {
      world.options(OPTIONS);
      good = new Soak(world, load, queries).carriedOut();
    }
    if (good) {
      CrashWorld.delete(folder);
    }
    System.exit(good ? 0 : 1);
  }

  private boolean carriedOut() throws InterruptedException {
    world.start();
    load.begin(BETWEEN_CHANGES);
    for (int tenth = 1; tenth <= TENTHS; tenth++) {
      tenth(tenth);
    }
    load.quiet();
    world.gateway().stop();
    long began = System.nanoTime();
    Verdict verdict = load.check();
    System.out.printf("checked in %d s: %s%n", (System.nanoTime() - began) / SECOND, verdict);
    return verdict.holds() & heapIsSteady() & diskIsAsSaid(verdict.counts());
  }

  private void tenth(int tenth) throws InterruptedException {
    long began = System.nanoTime();
    long before = load.answered();
    Duration gatewayBefore = world.gateway().cpuTime();
    Duration clientBefore = cpuTime();
    load.work();
    while (load.answered() < queries * tenth / TENTHS) {
      if (!world.gateway().alive()) {
        throw new IllegalStateException("the gateway has ended: see " + world.output());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    load.rest();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    heaps.add(world.gateway().heapAfterCollection());
    System.out.printf(
        "tenth %d: %,d answered, %.0f a second (CPU of a query: gateway %.1f ms, client %.1f ms),"
            + " heap after collection %.1f MB, disk %.1f MB%n",
        tenth,
        load.answered(),
        (load.answered() - before) * 1e9 / took.toNanos(),
        millis(world.gateway().cpuTime().minus(gatewayBefore), load.answered() - before),
        millis(cpuTime().minus(clientBefore), load.answered() - before),
        megabytes(heaps.get(tenth - 1)),
        megabytes(disk()));
  }

  /** Of this process, where the partners work. */
  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double millis(Duration cpu, long queries) {
    return cpu.toNanos() / 1e6 / Math.max(1, queries);
  }

  private boolean heapIsSteady() {
    double growth = (double) heaps.get(TENTHS - 1) / heaps.get(1);
    boolean good = growth <= MOST_HEAP_GROWTH;
    System.out.printf(
        "heap after collection, last tenth by second: %.3f (at most %.1f): %s%n",
        growth, MOST_HEAP_GROWTH, good ? "steady" : "GROWS");
    return good;
  }

  private boolean diskIsAsSaid(Verdict.Counts counts) {
    long said =
        FIXED_BYTES
            + counts.accesses() * BYTES_OF_AN_ACCESS
            + counts.owed() * BYTES_OF_A_NOTIFICATION
            + counts.submissions() * BYTES_OF_A_SUBMISSION;
    long measured = disk();
    double off = (double) measured / said - 1;
    boolean good = Math.abs(off) <= MOST_OFF_THE_FORMULA;
    System.out.printf(
        "disk %.1f MB for %,d accesses, %,d notifications and %,d submissions,"
            + " by the formula %.1f MB (%+.0f %%): %s%n",
        megabytes(measured),
        counts.accesses(),
        counts.owed(),
        counts.submissions(),
        megabytes(said),
        100 * off,
        good ? "as said" : "OFF");
    return good;
  }

  private long disk() {
    return bytes(world.store()) + bytes(world.store().resolveSibling("queue"));
  }

  static long bytes(Path tree) {
    UncheckedIOException last = new UncheckedIOException(new IOException("cannot look at " + tree));
    for (int attempt = 0; attempt < LOOKS; attempt++) {
      try (Stream<Path> files = Files.walk(tree)) {
        return files.filter(Files::isRegularFile).mapToLong(Soak::size).sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (UncheckedIOException e) {
        last = e; // A file of the log went meanwhile.
      }
    }
    throw last;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // It went meanwhile.
      return 0;
    }
  }

  private static double megabytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
