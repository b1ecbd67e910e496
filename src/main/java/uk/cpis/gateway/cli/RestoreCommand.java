package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Restore;
import uk.cpis.gateway.operations.LastSequences;

/** Makes the store of a configuration of a backup. */
@Command(
    name = "restore",
    description = {
      "Makes the store that a configuration names of a backup, while no gateway runs.",
      "Into an empty folder only, and with the key that the backup was made with."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "BACKUP",
      description = "The backup: the folder that holds its manifest.")
  private Path from;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    LastSequences last =
        Restore.from(
            from, configuration.settings(), OperationsCall.operator(), InstantSource.system());
    out.println("Restored as of " + last.backedUpAt().orElseThrow() + ".");
    out.println("The last submission of each authority; what came later it has to send again:");
    for (LastSequences.Last each : last.authorities()) {
      out.printf(
          "  %-6s %s%n",
          each.authority(), each.lastNumber().isPresent() ? each.lastNumber().getAsLong() : "none");
    }
    out.flush();
    return 0;
  }
}
