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
import uk.cpis.gateway.Exports;
import uk.cpis.gateway.store.Export;

/** Writes all data of a store to files. */
@Command(
    name = "export",
    description = {
      "Writes all data of a store into files, a table each, a row a line as JSON.",
      "While no gateway runs, into an empty folder that only its owner may open. What is in them"
          + " is not encrypted."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Where they go; made when absent.")
  private Path to;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    for (Export.Table table :
        Exports.into(
            to, configuration.settings(), OperationsCall.operator(), InstantSource.system())) {
      out.printf("%,12d %s%n", table.rows(), table.name());
    }
    out.flush();
    return 0;
  }
}
