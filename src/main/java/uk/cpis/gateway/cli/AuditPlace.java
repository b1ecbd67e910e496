package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.operations.AuditOutcome;

/**
 * Which gateway's audit, and where to: a running one writes into its own folder, the store of a
 * stopped one is opened by its configuration.
 */
final class AuditPlace {

  @Mixin private OperationsOption operations;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of a gateway that does not run.")
  private @Nullable Path config;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description = "Where to, with --config; its folder must be its owner's only.")
  private @Nullable Path to;

  /** What is done with a stopped store. */
  @FunctionalInterface
  interface Stopped {
    AuditOutcome of(Configuration configuration, Path to) throws IOException;
  }

  /** Has it done by the running gateway at this path, or on the stopped store; the exit code. */
  int done(CommandSpec spec, String path, Stopped stopped)
      throws IOException, InterruptedException {
    if ((config == null) != (to == null)) {
      throw new ParameterException(spec.commandLine(), "--config and --to go together");
    }
    return told(
        config == null || to == null
            ? outcome(operations.call().answer(path))
            : stopped.of(Configuration.read(config, System.getenv()), to),
        spec.commandLine().getOut());
  }

  private static AuditOutcome outcome(JsonNode answer) {
    if (!answer.has("files")) {
      return new AuditOutcome.Failed(answer.path("error").asText("it failed"));
    }
    List<String> files = new ArrayList<>();
    answer.path("files").forEach(each -> files.add(each.asText()));
    return new AuditOutcome.Written(
        files, answer.path("records").asLong(), answer.path("lastSeal").asText());
  }

  private static int told(AuditOutcome outcome, PrintWriter out) {
    Optional<AuditOutcome.Written> written =
        outcome instanceof AuditOutcome.Written done ? Optional.of(done) : Optional.empty();
    written.ifPresent(
        done -> {
          done.files().forEach(out::println);
          out.printf("%,d records, last seal %s%n", done.records(), done.lastSeal());
        });
    if (outcome instanceof AuditOutcome.NotThere) {
      out.println("Nothing was written: there is no such record in the audit.");
    } else if (outcome instanceof AuditOutcome.Failed failed) {
      out.println("Nothing was written: " + failed.error());
    }
    out.flush();
    return written.isPresent() ? 0 : 1;
  }
}
