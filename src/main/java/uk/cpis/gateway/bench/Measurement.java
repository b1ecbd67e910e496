package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.simulator.ClinicalSystem;
import uk.cpis.gateway.simulator.Progress;

/**
 * Warms a loaded gateway up and measures it. The queries of each round are signed just before it;
 * those to be measured are so many that a gateway twice as fast as in the warm-up does not run out.
 */
final class Measurement {

  private static final double ROOM_TO_GET_FASTER = 2;
  private static final Pattern REFERENCE =
      Pattern.compile("<(?!wsse:)[A-Za-z:]*Reference URI=\"#([^\"]+)\"");

  private final BenchPlan plan;
  private final BenchEstate estate;
  private final BenchFolder folder;
  private final PrintWriter out;
  private final InstantSource clock = InstantSource.system();
  private final Questions questions;
  private final LoadLoop warming;
  private final LoadLoop measuring;
  private final Lanes lanes;

  Measurement(BenchPlan plan, BenchEstate estate, BenchFolder folder, PrintWriter out) {
    this.plan = plan;
    this.estate = estate;
    this.folder = folder;
    this.out = out;
    this.questions = new Questions(estate.pack(), LondonDay.of(clock.instant()), plan.hitPercent());
    this.warming = loop(0);
    this.measuring = loop(plan.perSecond());
    this.lanes = new Lanes(estate.operations());
  }

  private LoadLoop loop(double perSecond) {
    return new LoadLoop(
        estate.queries(),
        client(),
        new LoadLoop.Style(plan.connections(), perSecond, false),
        estate.gateway()::cpuTime);
  }

  private TlsEndpoint client() {
    String transport = plan.clinician().registration().transport();
    return TlsEndpoint.client(
        estate.certificates().of(Group.CLINICAL, transport).keyMaterial(),
        estate.certificates().paths(),
        clock,
        refused -> {});
  }

  /** Warms up, measures, and waits until all that the measured queries owe is settled. */
  Measured run() throws InterruptedException {
    try (ClinicalSystem system =
        plan.clinician().system(estate.certificates(), estate.world(), estate.queries())) {
      Load warmUp = warmUp(system);
      lanes.awaitSettled(questions.owedBetween(0, warmUp.sent()));
      return measured(system, warmUp);
    }
  }

  private Load warmUp(ClinicalSystem system) throws InterruptedException {
    try (SignedQueries signed = signed(system, "warm-up", 0, plan.warmUp())) {
      say("Warming up with %,d queries ...".formatted(signed.size()));
      return warming.run(signed, SignedQueries.LONGEST);
    }
  }

  private Measured measured(ClinicalSystem system, Load warmUp) throws InterruptedException {
    int enough = enough(warmUp);
    int first = warmUp.sent();
    try (SignedQueries signed = signed(system, "measured", first, enough)) {
      say("Measuring for %d seconds ...".formatted(plan.duration().toSeconds()));
      long before = lanes.settled();
      Instant start = clock.instant();
      long startNanos = System.nanoTime();
      Load load = measuring.run(signed, plan.duration());
      long owed = questions.owedBetween(first, first + load.sent());
      long settled = lanes.awaitSettled(before + owed) - before;
      Delivered delivered =
          new Delivered(
              questions.hitsBefore(first + load.sent()) - questions.hitsBefore(first),
              owed,
              settled,
              Duration.ofNanos(System.nanoTime() - startNanos),
              estate.tasksSince(start));
      return new Measured(warmUp, load, delivered, covered(signed.get(0)));
    }
  }

  private int enough(Load warmUp) {
    double perSecond =
        plan.perSecond() == 0 ? warmUp.perSecond() * ROOM_TO_GET_FASTER : plan.perSecond();
    return plan.connections() + (int) (perSecond * plan.duration().toSeconds());
  }

  private SignedQueries signed(ClinicalSystem system, String name, int first, int count)
      throws InterruptedException {
    say("Signing %,d queries ...".formatted(count));
    IntFunction<byte[]> signer =
        index ->
            system.signed(
                plan.clinician().about(questions.person(first + index), estate.pack()),
                SignedQueries.LIFE);
    return SignedQueries.sign(
        folder.queries(name), count, signer, new Progress(out, "queries signed"));
  }

  private static List<String> covered(byte[] message) {
    return REFERENCE
        .matcher(new String(message, StandardCharsets.UTF_8))
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
