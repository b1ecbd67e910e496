package uk.cpis.gateway.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.bench.Fairness;

/** Measures whether a greedy sender slows the others. */
@Command(
    name = "bench-fairness",
    description =
        "Has one sender ask 20 times as often as it may, and measures what the others notice.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FairnessCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "8",
      paramLabel = "N",
      description = "How often each way of asking has its turn; ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--java",
      defaultValue = "-Xmx256m",
      paramLabel = "OPTION",
      description = "An option of the gateway's Java; ${DEFAULT-VALUE}; can be repeated.")
  private List<String> virtualMachine;

  @Mixin private BenchPlaceOption place;

  @Override
  public Integer call() throws InterruptedException {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new ParameterException(spec.commandLine(), "--rounds takes 1 to " + MOST_ROUNDS);
    }
    Fairness.Plan plan = new Fairness.Plan(rounds, place.place(), virtualMachine);
    Thread thread = Thread.currentThread();
    try (UntilStopped until = new UntilStopped(thread::interrupt)) {
      return new Fairness(plan, Cpis.class, spec.commandLine().getOut()).run() ? 0 : 1;
    }
  }
}
