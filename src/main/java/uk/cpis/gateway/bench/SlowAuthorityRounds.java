package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.ClinicalSystem;
import uk.cpis.gateway.simulator.Clinicians;
import uk.cpis.gateway.simulator.Progress;
import uk.cpis.gateway.simulator.SimulatedAuthority;

/**
 * Asks at an even pace while all authorities are well, and while twenty of them are not: in rounds,
 * one after the other, so that a noisy machine is noisy for both.
 */
final class SlowAuthorityRounds {

  private static final int ILL = 20;
  private static final int KINDS = 3;
  private static final int SECONDS = 20;
  private static final int WARM_UP_SECONDS = 40;
  private static final int CONNECTIONS = 8;
  private static final double ALL_HIT = 100;
  private static final Clinicians ASKING = Clinicians.CONSULTANT;

  private final BenchEstate estate;
  private final BenchFolder folder;
  private final SlowAuthorities.Plan plan;
  private final PrintWriter out;
  private final InstantSource clock = InstantSource.system();
  private final Questions questions;
  private final Lanes lanes;
  private final List<SimulatedAuthority> ill;
  private final Set<OdsCode> illCodes = new HashSet<>();
  private final Map<Phase, List<Latencies>> told = new EnumMap<>(Phase.class);
  private final Map<Phase, List<Latencies>> answered = new EnumMap<>(Phase.class);
  private final List<String> wrong = new ArrayList<>();
  private int asked;

  private enum Phase {
    ALL_WELL("all well"),
    TWENTY_ILL("20 down, stalled or resetting");

    private final String spoken;

    Phase(String spoken) {
      this.spoken = spoken;
    }
  }

  SlowAuthorityRounds(
      BenchEstate estate, BenchFolder folder, SlowAuthorities.Plan plan, PrintWriter out) {
    this.estate = estate;
    this.folder = folder;
    this.plan = plan;
    this.out = out;
    this.questions = new Questions(estate.pack(), LondonDay.of(clock.instant()), ALL_HIT);
    this.lanes = new Lanes(estate.operations());
    this.ill = evenly(estate.authorities());
    ill.forEach(each -> illCodes.add(each.authority().code()));
  }

  private static List<SimulatedAuthority> evenly(List<SimulatedAuthority> all) {
    List<SimulatedAuthority> some = new ArrayList<>();
    for (int i = 0; i < ILL; i++) {
      some.add(all.get(i * all.size() / ILL));
    }
    return some;
  }

  /** Measures and reports; whether every question was answered and every notification settled. */
  boolean run() throws InterruptedException {
    say("Warming up ...");
    ask(WARM_UP_SECONDS);
    await(questions.owedBetween(0, asked));
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Phase phase : Phase.values()) {
        say("Round %d of %d: %s ...".formatted(round, plan.rounds(), phase.spoken));
        measure(phase);
      }
    }
    return report();
  }

  private void measure(Phase phase) throws InterruptedException {
    int first = asked;
    long before = lanes.settled();
    long othersBefore = lanes.settled(this::well);
    Instant start = clock.instant();
    if (phase == Phase.TWENTY_ILL) {
      fallIll();
    }
    try {
      answered.computeIfAbsent(phase, key -> new ArrayList<>()).add(ask(SECONDS).each());
      long others = questions.owedBetween(first, asked, this::well);
      lanes.awaitSettled(othersBefore + others, this::well);
      told.computeIfAbsent(phase, key -> new ArrayList<>())
          .add(estate.tasksSince(start, this::well));
    } finally {
      if (phase == Phase.TWENTY_ILL) {
        recover();
      }
    }
    await(before + questions.owedBetween(first, asked));
  }

  private boolean well(OdsCode authority) {
    return !illCodes.contains(authority);
  }

  /** A third of them in each way. */
  private void fallIll() {
    for (int i = 0; i < ill.size(); i++) {
      switch (i % KINDS) {
        case 0 -> ill.get(i).stop();
        case 1 -> ill.get(i).behave(AuthorityBehaviour.STALL);
        default -> ill.get(i).behave(AuthorityBehaviour.RESET);
      }
    }
  }

  private void recover() {
    for (int i = 0; i < ill.size(); i++) {
      ill.get(i).behave(AuthorityBehaviour.ACCEPT);
      if (i % KINDS == 0) {
        ill.get(i).start();
      }
    }
  }

  private Load ask(int seconds) throws InterruptedException {
    int count = (int) (plan.perSecond() * seconds);
    int first = asked;
    try (ClinicalSystem system =
            ASKING.system(estate.certificates(), estate.world(), estate.queries());
        SignedQueries signed =
            SignedQueries.sign(
                folder.queries("asked"),
                count,
                index ->
                    system.signed(
                        ASKING.about(questions.person(first + index), estate.pack()),
                        SignedQueries.LIFE),
                new Progress(new PrintWriter(PrintWriter.nullWriter()), ""))) {
      Load load =
          new LoadLoop(
                  estate.queries(),
                  client(),
                  new LoadLoop.Style(CONNECTIONS, plan.perSecond(), false),
                  estate.gateway()::cpuTime)
              .run(signed, SignedQueries.LONGEST);
      asked += load.sent();
      wrong.addAll(load.errors());
      return load;
    }
  }

  private TlsEndpoint client() {
    return TlsEndpoint.client(
        estate.certificates().of(Group.CLINICAL, ASKING.registration().transport()).keyMaterial(),
        estate.certificates().paths(),
        clock,
        refused -> {});
  }

  private void await(long expected) throws InterruptedException {
    long settled = lanes.awaitSettled(expected);
    if (settled < expected) {
      wrong.add("settled %,d of %,d notifications".formatted(settled, expected));
    }
  }

  private boolean report() {
    out.println();
    int authorities = estate.authorities().size();
    say(
        "%d authorities, %d of them ill in turn; %s questions a second, all about people with plans"
            .formatted(authorities, ill.size(), plan.perSecond()));
    for (Phase phase : Phase.values()) {
      Latencies.Summary others = Latencies.Summary.of(told.get(phase));
      Latencies.Summary answers = Latencies.Summary.of(answered.get(phase));
      line(
          "%-30s the others told after p50 %5.0f ms, p99 %5.0f ms (%,d); questions answered after"
              + " p50 %3.0f ms, p99 %3.0f ms (%,d)",
          phase.spoken,
          millis(others.p50()),
          millis(others.p99()),
          others.count(),
          millis(answers.p50()),
          millis(answers.p99()),
          answers.count());
    }
    line(
        "of the others with 20 ill, by all well: p50 %.2f times, p99 %.2f times",
        millis(summary(Phase.TWENTY_ILL).p50()) / millis(summary(Phase.ALL_WELL).p50()),
        millis(summary(Phase.TWENTY_ILL).p99()) / millis(summary(Phase.ALL_WELL).p99()));
    line(
        "p99 of each round: all well %s, 20 ill %s",
        each(told.get(Phase.ALL_WELL)), each(told.get(Phase.TWENTY_ILL)));
    wrong.stream().limit(5).forEach(each -> line("not as it should be: %s", each));
    return wrong.isEmpty();
  }

  private Latencies.Summary summary(Phase phase) {
    return Latencies.Summary.of(told.get(phase));
  }

  private static String each(Collection<Latencies> rounds) {
    return String.join(
        ", ",
        rounds.stream()
            .map(each -> Long.toString(Latencies.Summary.of(List.of(each)).p99().toMillis()))
            .toList());
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
