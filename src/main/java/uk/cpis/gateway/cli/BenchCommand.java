package uk.cpis.gateway.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.bench.Bench;
import uk.cpis.gateway.bench.BenchPlan;
import uk.cpis.gateway.simulator.Clinicians;

/** Measures a gateway of its own under load, beside whatever else runs. */
@Command(
    name = "bench",
    description =
        "Puts a gateway of its own under load with distinct signed queries, and reports figures.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {

  /** A gateway works on no more requests of one sender at once. */
  private static final int MOST_CONNECTIONS = 32;

  private static final int MOST_RATE = 5_000;
  private static final int MOST_SECONDS = 200;
  private static final int MOST_QUERIES = 100_000;
  private static final int MOST_PEOPLE = 100_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--connections",
      defaultValue = "8",
      paramLabel = "N",
      description = "How many ask at once, up to " + MOST_CONNECTIONS + "; ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--rate",
      defaultValue = "0",
      paramLabel = "N",
      description = "Queries a second, each at its time; 0, the default: as many as are answered.")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "N",
      description = "How long is measured, up to " + MOST_SECONDS + "; ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "2000",
      paramLabel = "N",
      description = "Queries answered before that; ${DEFAULT-VALUE}. Java is warm after 50,000.")
  private int warmUp;

  @Option(
      names = "--hits",
      defaultValue = "1",
      paramLabel = "PERCENT",
      description = "How many of 100 queries are about people with plans; ${DEFAULT-VALUE}.")
  private double hits;

  @Option(
      names = "--people",
      defaultValue = "1500",
      paramLabel = "N",
      description = "How many people have plans; ${DEFAULT-VALUE}.")
  private int people;

  @Option(names = "--ec", description = "With EC P-256 keys instead of RSA-2048.")
  private boolean ec;

  @Option(
      names = "--java",
      defaultValue = "-Xmx512m",
      paramLabel = "OPTION",
      description = "An option of the gateway's Java; ${DEFAULT-VALUE}; can be repeated.")
  private List<String> virtualMachine;

  @Mixin private BenchPlaceOption place;

  @Override
  public Integer call() throws InterruptedException {
    BenchPlan plan = plan();
    Thread thread = Thread.currentThread();
    try (UntilStopped until = new UntilStopped(thread::interrupt)) {
      return new Bench(plan, Cpis.class, spec.commandLine().getOut()).run() ? 0 : 1;
    }
  }

  private BenchPlan plan() {
    within("--connections", connections, 1, MOST_CONNECTIONS);
    within("--rate", rate, 0, MOST_RATE);
    within("--seconds", seconds, 1, MOST_SECONDS);
    within("--warm-up", warmUp, 1, MOST_QUERIES);
    within("--hits", hits, 0, 100);
    within("--people", people, 1, MOST_PEOPLE);
    return new BenchPlan(
        connections,
        rate,
        Duration.ofSeconds(seconds),
        warmUp,
        hits,
        people,
        ec ? Clinicians.CALL_HANDLER : Clinicians.CONSULTANT,
        place.place(),
        virtualMachine);
  }

  private void within(String option, double value, int least, int most) {
    if (!(value >= least && value <= most)) {
      throw new ParameterException(
          spec.commandLine(), "%s takes %,d to %,d".formatted(option, least, most));
    }
  }
}
