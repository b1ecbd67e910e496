package uk.cpis.gateway.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.StoppedAudit;

/** Writes one record of the audit with its proof. */
@Command(
    name = "prove",
    description = {
      "Writes the proof that one record was sealed, which shows no other record.",
      "Several files where a message has several records. A running gateway writes into the folder"
          + " that cpis.audit.folder names; with --config, --to names the folder."
    },
    mixinStandardHelpOptions = true)
final class AuditProveCommand implements Callable<Integer> {

  private static final String FORM = "[1-9][0-9]{0,17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @Spec private CommandSpec spec;

  @Mixin private AuditPlace place;

  @Parameters(
      paramLabel = "ID",
      description = "The record's number or id, or the id of its message.")
  private String id;

  @Override
  public Integer call() throws Exception {
    if (!id.matches(FORM)) {
      throw new ParameterException(
          spec.commandLine(), "ID is a number or an id in small letters, found " + id);
    }
    return place.done(
        spec,
        "/audit/prove/" + id,
        (configuration, to) ->
            StoppedAudit.prove(
                id,
                to,
                configuration.settings(),
                OperationsCall.operator(),
                InstantSource.system()));
  }
}
