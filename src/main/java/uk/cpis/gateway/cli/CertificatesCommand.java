package uk.cpis.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is to be known of certificates before something happens, and done when it did. */
@Command(
    name = "certificates",
    description = "What ends when, and who would still verify after a switch.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ForecastCommand.class,
      RehearseCommand.class,
      ReloadCommand.class,
      DegradeCommand.class,
      CommandLine.HelpCommand.class
    })
final class CertificatesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say forecast, rehearse, reload or degrade");
  }
}
