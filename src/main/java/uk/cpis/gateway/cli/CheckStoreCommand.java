package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.StoreCheck;

/** Reads a whole store and says what is damaged. */
@Command(
    name = "check-store",
    description = {
      "Reads a whole store, and says what of it is damaged or lost.",
      "Tables are compared with their indexes, its end with how far it is known to have come."
          + " While no gateway runs; a damaged store is restored from a backup."
    },
    mixinStandardHelpOptions = true)
final class CheckStoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    List<String> faults = StoreCheck.faultsOf(configuration.settings());
    faults.forEach(out::println);
    out.println(
        faults.isEmpty() ? "The store is whole." : "Restore it from a backup (cpis restore).");
    out.flush();
    return faults.isEmpty() ? 0 : 1;
  }
}
