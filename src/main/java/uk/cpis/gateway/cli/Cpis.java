package uk.cpis.gateway.cli;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import uk.cpis.gateway.ConfigException;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.store.StoreException;

/** The program: {@code java @target/cpis COMMAND}. */
@Command(
    name = "cpis",
    description = "Secure message gateway for Child Protection - Information Sharing (CP-IS).",
    mixinStandardHelpOptions = true,
    version = "${sys:cpis.version:-unknown}",
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:what was asked for did not come out as expected",
      "2:the command line is wrong",
      "3:the configuration has faults",
      "4:the other side cannot be reached, or the store cannot be opened"
    },
    subcommands = {
      DemonstrationCommand.class,
      QueryCommand.class,
      AuthorityCommand.class,
      MailboxCommand.class,
      LanesCommand.class,
      DeadLettersCommand.class,
      RegisterCommand.class,
      ResetSequenceCommand.class,
      ExplainCommand.class,
      RefusalsCommand.class,
      VerifyCommand.class,
      SweepCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CheckStoreCommand.class,
      ChangeStoreKeyCommand.class,
      ExportCommand.class,
      AuditCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      SystemsCommand.class,
      AuthoritiesCommand.class,
      CertificatesCommand.class,
      CertsCommand.class,
      SoapUiCommand.class,
      BenchCommand.class,
      FairnessCommand.class,
      SlowAuthoritiesCommand.class
    })
public final class Cpis {

  /** The configuration has faults. */
  static final int CONFIGURATION = 3;

  /** The other side cannot be reached. */
  static final int UNREACHABLE = 4;

  private Cpis() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    LibraryLog.bound();
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Cpis()).setExecutionExceptionHandler(Cpis::settle);
  }

  /** Where every failure of a command ends: one line for people, an exit code for scripts. */
  private static int settle(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof ConfigException
        || failure instanceof KeyMaterialException
        || failure instanceof RegistrationException) {
      command.getErr().println(failure.getMessage());
      return CONFIGURATION;
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (failure instanceof CancellationException) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (failure instanceof StoreException) {
      command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
      return UNREACHABLE;
    }
    if (failure instanceof ConnectException) {
      command
          .getErr()
          .println(command.getCommandName() + ": nothing listens there; is the gateway running?");
      return UNREACHABLE;
    }
    if (failure instanceof HttpTimeoutException) {
      command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
      return UNREACHABLE;
    }
    if (failure instanceof NoSuchFileException) {
      command
          .getErr()
          .println(command.getCommandName() + ": there is no file " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    command.getErr().println(command.getCommandName() + ": " + reasons(failure));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The message of a failure and of each of its causes that says more. */
  private static String reasons(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message =
          each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : "\n  because: ").append(message);
      }
    }
    return text.toString();
  }
}
