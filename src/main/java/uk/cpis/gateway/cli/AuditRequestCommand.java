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

/** Writes what is kept of a signed request. */
@Command(
    name = "request",
    description = {
      "Writes what is kept of the signed request of a record, as evidence of who asked.",
      "The SHA-256 of the signature file stands in the record as request. A running gateway writes into the folder"
          + " that cpis.audit.folder names; with --config, --to names the folder."
    },
    mixinStandardHelpOptions = true)
final class AuditRequestCommand implements Callable<Integer> {

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
        "/audit/request/" + id,
        (configuration, to) ->
            StoppedAudit.request(
                id,
                to,
                configuration.settings(),
                OperationsCall.operator(),
                InstantSource.system()));
  }
}
