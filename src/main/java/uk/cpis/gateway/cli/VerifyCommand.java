package uk.cpis.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.CapturedMessage;
import uk.cpis.gateway.MessageCheck;

/** Says of a captured message what every check says, without any effect. */
@Command(
    name = "verify",
    description = {
      "Takes a captured message through every check and says how each ended.",
      "Without effect: nothing is opened, recorded or remembered, whether a gateway runs or not.",
      "FILE is the envelope, or the whole HTTP request with its headers."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The captured message.")
  private Path file;

  @Option(
      names = "--endpoint",
      paramLabel = "NAME",
      description = "query, submission or mailbox; found by the message unless told.")
  private String endpoint = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As if it came then, such as 2026-11-20T21:10:00Z; now unless told.")
  private String at = "";

  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws IOException {
    InstantSource clock = at.isEmpty() ? InstantSource.system() : InstantSource.fixed(time());
    CapturedMessage message = CapturedMessage.of(Files.readAllBytes(file));
    MessageCheck.Report report =
        new MessageCheck(config.read().settings(), clock)
            .check(message, Optional.of(endpoint).filter(name -> !name.isEmpty()));
    PrintWriter out = spec.commandLine().getOut();
    new ReportText(out).print(report);
    out.flush();
    return report.passed() ? 0 : 1;
  }

  private Instant time() {
    try {
      return Instant.parse(at);
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(), "--at takes a time such as 2026-11-20T21:10:00Z", e);
    }
  }
}
