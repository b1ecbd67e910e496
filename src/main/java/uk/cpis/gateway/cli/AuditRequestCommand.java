package uk.cpis.gateway.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Spec private CommandSpec spec;

  @Mixin private AuditPlace place;

  @Mixin private AuditedId record;

  @Override
  public Integer call() throws Exception {
    String id = record.of(spec);
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
