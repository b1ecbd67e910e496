package uk.cpis.gateway.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.bench.SlowAuthorities;

/** Measures whether authorities that are down slow what the others are told. */
@Command(
    name = "bench-authorities",
    description =
        "Has 20 authorities' systems be down, stall or reset, and measures when the others are told.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SlowAuthoritiesCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 20;
  private static final int MOST_A_SECOND = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      paramLabel = "N",
      description = "How often all are well, and then 20 are not; ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--rate",
      defaultValue = "20",
      paramLabel = "N",
      description = "Questions a second, all about people with plans; ${DEFAULT-VALUE}.")
  private double perSecond;

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
    if (!(perSecond >= 1 && perSecond <= MOST_A_SECOND)) {
      throw new ParameterException(spec.commandLine(), "--rate takes 1 to " + MOST_A_SECOND);
    }
    SlowAuthorities.Plan plan =
        new SlowAuthorities.Plan(rounds, perSecond, place.place(), virtualMachine);
    Thread thread = Thread.currentThread();
    try (UntilStopped until = new UntilStopped(thread::interrupt)) {
      return new SlowAuthorities(plan, Cpis.class, spec.commandLine().getOut()).run() ? 0 : 1;
    }
  }
}
