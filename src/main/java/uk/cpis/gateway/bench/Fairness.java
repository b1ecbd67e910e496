package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * Measures whether a greedy sender slows the others (promise 8) on a gateway of its own whose limit
 * for each sender is low enough that a small machine can exceed it many times.
 */
public final class Fairness {

  private final Plan plan;
  private final Class<?> program;
  private final PrintWriter out;

  /** Measures on a gateway that is this program's {@code serve}. */
  public Fairness(Plan plan, Class<?> program, PrintWriter out) {
    this.plan = plan;
    this.program = program;
    this.out = out;
  }

  /**
   * What a run is to do.
   *
   * @param rounds how often each way of asking has its turn
   * @param place where everything is kept
   * @param virtualMachine the options of the gateway's Java, such as its heap
   */
  public record Plan(int rounds, BenchPlan.Place place, List<String> virtualMachine) {

    private static final int PEOPLE = 500;

    /** Copies the options. */
    public Plan {
      virtualMachine = List.copyOf(virtualMachine);
    }
  }

  /** Measures and reports; whether every question of the others was answered. */
  public boolean run() throws InterruptedException {
    BenchEstate.Grounds grounds =
        BenchEstate.Grounds.of(Plan.PEOPLE, plan.place().certificates(), out);
    GatewayProcess.Java java =
        new GatewayProcess.Java(
            plan.virtualMachine(),
            Map.of("CPIS_HTTP_RATE_PER_SENDER", Integer.toString(FairnessRounds.LIMIT)));
    try (BenchFolder folder = BenchFolder.open(plan.place().folder());
        BenchEstate estate = BenchEstate.open(grounds, folder, java, program)) {
      estate.load(out);
      return new FairnessRounds(estate, folder, out).run(plan.rounds());
    }
  }
}
