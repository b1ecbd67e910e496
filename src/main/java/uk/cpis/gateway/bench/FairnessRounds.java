package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.simulator.ClinicalSystem;
import uk.cpis.gateway.simulator.Clinicians;
import uk.cpis.gateway.simulator.Progress;

/**
 * Two senders ask at a steady pace while a third is absent, asks as often as it may, or 20 times as
 * often: in rounds, one after the other, so that a noisy machine is noisy for all.
 */
final class FairnessRounds {

  /** What each sender may ask in a second. */
  static final int LIMIT = 40;

  private static final int GREED = 20;
  private static final int MODEST = 10;
  private static final int WARM_UP_SECONDS = 40;
  private static final int SECONDS = 10;
  private static final int GREEDY_CONNECTIONS = 32;
  private static final int MODEST_CONNECTIONS = 4;
  private static final double HIT_PERCENT = 10;
  private static final Clinicians GREEDY = Clinicians.CONSULTANT;
  private static final List<Clinicians> OTHERS =
      List.of(Clinicians.CALL_HANDLER, Clinicians.PARAMEDIC);

  private final BenchEstate estate;
  private final BenchFolder folder;
  private final PrintWriter out;
  private final Questions questions;
  private final Map<Phase, List<Load>> loads = new EnumMap<>(Phase.class);
  private final Map<Phase, List<Load>> greedyLoads = new EnumMap<>(Phase.class);
  private int asked;

  /** How the third sender behaves. */
  private enum Phase {
    ABSENT(0),
    AT_ITS_LIMIT(LIMIT),
    AT_20_TIMES_ITS_LIMIT(LIMIT * GREED);

    private final int perSecond;

    Phase(int perSecond) {
      this.perSecond = perSecond;
    }
  }

  /** One sender of one phase, and its signed questions. */
  private record Asking(Clinicians who, LoadLoop loop, SignedQueries questions) {}

  FairnessRounds(BenchEstate estate, BenchFolder folder, PrintWriter out) {
    this.estate = estate;
    this.folder = folder;
    this.out = out;
    this.questions =
        new Questions(estate.pack(), LondonDay.of(InstantSource.system().instant()), HIT_PERCENT);
  }

  /** Measures and reports; whether every question of the others was answered. */
  boolean run(int rounds) throws InterruptedException {
    say("Warming up ...");
    ask(List.of(prepared(GREEDY, LIMIT), prepared(OTHERS.get(0), LIMIT)), WARM_UP_SECONDS);
    ask(List.of(prepared(GREEDY, LIMIT * GREED), prepared(OTHERS.get(1), MODEST)), SECONDS);
    for (int round = 1; round <= rounds; round++) {
      for (Phase phase : Phase.values()) {
        say("Round %d of %d: the third sender %s ...".formatted(round, rounds, spoken(phase)));
        measure(phase);
      }
    }
    return report();
  }

  private void measure(Phase phase) throws InterruptedException {
    List<Asking> all = new ArrayList<>();
    for (Clinicians other : OTHERS) {
      all.add(prepared(other, MODEST));
    }
    if (phase != Phase.ABSENT) {
      all.add(prepared(GREEDY, phase.perSecond));
    }
    List<Load> came = ask(all, SECONDS);
    loads.computeIfAbsent(phase, key -> new ArrayList<>()).addAll(came.subList(0, OTHERS.size()));
    greedyLoads
        .computeIfAbsent(phase, key -> new ArrayList<>())
        .addAll(came.subList(OTHERS.size(), came.size()));
  }

  /** Signs no more for a greedy sender than it may ask: what was refused it sends again. */
  private Asking prepared(Clinicians who, int perSecond) throws InterruptedException {
    boolean greedy = who == GREEDY;
    int count = Math.min(perSecond, LIMIT) * (perSecond == MODEST ? SECONDS : WARM_UP_SECONDS);
    int first = asked;
    asked += count;
    try (ClinicalSystem system =
        who.system(estate.certificates(), estate.world(), estate.queries())) {
      SignedQueries signed =
          SignedQueries.sign(
              folder.queries(who.name()),
              count,
              index ->
                  system.signed(
                      who.about(questions.person(first + index), estate.pack()),
                      SignedQueries.LIFE),
              new Progress(new PrintWriter(PrintWriter.nullWriter()), ""));
      LoadLoop.Style style =
          new LoadLoop.Style(greedy ? GREEDY_CONNECTIONS : MODEST_CONNECTIONS, perSecond, greedy);
      return new Asking(
          who,
          new LoadLoop(estate.queries(), client(who), style, estate.gateway()::cpuTime),
          signed);
    }
  }

  private TlsEndpoint client(Clinicians who) {
    return TlsEndpoint.client(
        estate.certificates().of(Group.CLINICAL, who.registration().transport()).keyMaterial(),
        estate.certificates().paths(),
        InstantSource.system(),
        refused -> {});
  }

  private static List<Load> ask(List<Asking> all, int seconds) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    try {
      List<Future<Load>> running =
          all.stream()
              .map(
                  each ->
                      threads.submit(
                          () -> each.loop().run(each.questions(), Duration.ofSeconds(seconds))))
              .toList();
      List<Load> came = new ArrayList<>();
      for (Future<Load> each : running) {
        came.add(each.get());
      }
      return came;
    } catch (ExecutionException e) {
      throw new BenchException("a sender of the load failed", e.getCause());
    } finally {
      threads.shutdownNow();
      all.forEach(each -> each.questions().close());
    }
  }

  private boolean report() {
    out.println();
    for (Phase phase : Phase.values()) {
      Latencies.Summary others = Latencies.Summary.of(latencies(loads.get(phase)));
      line(
          "others while the third sender %-24s p50 %6.1f ms  p99 %6.1f ms  (%,d answers)",
          spoken(phase), millis(others.p50()), millis(others.p99()), others.count());
    }
    for (Phase phase : Phase.values()) {
      line(
          "p99 of each round while it %s, sorted: %s ms",
          spoken(phase),
          p99s(phase).stream().map("%.0f"::formatted).collect(Collectors.joining(", ")));
    }
    List<Load> greedy = greedyLoads.get(Phase.AT_20_TIMES_ITS_LIMIT);
    line(
        "the greedy sender asked %,d times: %,d answered, %,d asked back at once",
        greedy.stream().mapToInt(each -> each.latencies().count() + each.refused()).sum(),
        greedy.stream().mapToInt(each -> each.latencies().count()).sum(),
        greedy.stream().mapToInt(Load::refused).sum());
    line(
        "the middle one of the rounds' p99 at 20 times its limit: %.2f times that at its limit,"
            + " %.2f times that without it",
        ratio(Phase.AT_ITS_LIMIT), ratio(Phase.ABSENT));
    List<String> errors =
        loads.values().stream().flatMap(List::stream).flatMap(e -> e.errors().stream()).toList();
    errors.stream().limit(5).forEach(error -> line("not answered: %s", error));
    return errors.isEmpty();
  }

  /** A machine that stands still for a moment spoils one round of many, not the middle one. */
  private double ratio(Phase to) {
    return middle(p99s(Phase.AT_20_TIMES_ITS_LIMIT)) / middle(p99s(to));
  }

  private static double middle(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The p99 of each round, in milliseconds, ascending. */
  private List<Double> p99s(Phase phase) {
    List<Load> all = loads.get(phase);
    return IntStream.range(0, all.size() / OTHERS.size())
        .mapToObj(round -> all.subList(round * OTHERS.size(), (round + 1) * OTHERS.size()))
        .map(round -> millis(Latencies.Summary.of(latencies(round)).p99()))
        .sorted()
        .toList();
  }

  private static List<Latencies> latencies(List<Load> loads) {
    return loads.stream().map(Load::each).toList();
  }

  private static String spoken(Phase phase) {
    return switch (phase) {
      case ABSENT -> "is absent";
      case AT_ITS_LIMIT -> "asks at its limit";
      case AT_20_TIMES_ITS_LIMIT -> "asks 20 times its limit";
    };
  }

  private void line(String text, Object... values) {
    say(String.format(Locale.ROOT, text, values));
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
