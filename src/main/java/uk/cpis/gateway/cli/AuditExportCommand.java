package uk.cpis.gateway.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.StoppedAudit;

/** Writes the sealed audit into a file. */
@Command(
    name = "export",
    description = {
      "Seals what waits, and writes the whole audit into a file that can be checked.",
      "A running gateway writes into the folder that cpis.audit.folder names; with --config and --to"
          + " the audit of a stopped one is written. What is in the file is not encrypted."
    },
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private AuditPlace place;

  @Override
  public Integer call() throws Exception {
    return place.done(
        spec,
        "/audit/export",
        (configuration, to) ->
            StoppedAudit.export(
                to, configuration.settings(), OperationsCall.operator(), InstantSource.system()));
  }
}
