package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * Measures whether authorities whose systems are down, stalled or resetting slow what the others
 * are told, on a whole gateway that delivers over mutual TLS to all of them.
 */
public final class SlowAuthorities {

  private final Plan plan;
  private final Class<?> program;
  private final PrintWriter out;

  /** Measures on a gateway that is this program's {@code serve}. */
  public SlowAuthorities(Plan plan, Class<?> program, PrintWriter out) {
    this.plan = plan;
    this.program = program;
    this.out = out;
  }

  /**
   * What a run is to do.
   *
   * @param rounds how often all are well, and then some are not
   * @param perSecond how many questions a second are asked, all about people with plans
   * @param place where everything is kept
   * @param virtualMachine the options of the gateway's Java, such as its heap
   */
  public record Plan(
      int rounds, double perSecond, BenchPlan.Place place, List<String> virtualMachine) {

    private static final int PEOPLE = 500;

    /** Soon well again, so that a round begins with nothing left of the last one. */
    private static final Map<String, String> SETTINGS =
        Map.of(
            "CPIS_HTTP_RATE_PER_SENDER",
            Integer.toString(100_000),
            "CPIS_DELIVERY_LONGEST_RETRY",
            "5s");

    /** Copies the options. */
    public Plan {
      virtualMachine = List.copyOf(virtualMachine);
    }
  }

  /** Measures and reports; whether every question was answered and every notification settled. */
  public boolean run() throws InterruptedException {
    BenchEstate.Grounds grounds =
        BenchEstate.Grounds.of(Plan.PEOPLE, plan.place().certificates(), out);
    GatewayProcess.Java java = new GatewayProcess.Java(plan.virtualMachine(), Plan.SETTINGS);
    try (BenchFolder folder = BenchFolder.open(plan.place().folder());
        BenchEstate estate = BenchEstate.open(grounds, folder, java, program)) {
      estate.load(out);
      return new SlowAuthorityRounds(estate, folder, plan, out).run();
    }
  }
}
