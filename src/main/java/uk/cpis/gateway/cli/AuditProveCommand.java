package uk.cpis.gateway.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Spec private CommandSpec spec;

  @Mixin private AuditPlace place;

  @Mixin private AuditedId record;

  @Override
  public Integer call() throws Exception {
    String id = record.of(spec);
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
