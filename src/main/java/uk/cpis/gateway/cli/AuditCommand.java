package uk.cpis.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The audit, as evidence. */
@Command(
    name = "audit",
    description = "Writes the sealed audit to files, proves single records, and checks both.",
    synopsisSubcommandLabel = "export|prove|request|verify|acknowledge",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditExportCommand.class,
      AuditProveCommand.class,
      AuditRequestCommand.class,
      AuditVerifyCommand.class,
      AuditAcknowledgeCommand.class
    })
final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing: export, prove, request, verify or acknowledge");
  }
}
