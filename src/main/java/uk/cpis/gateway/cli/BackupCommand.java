package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway take a backup of its store. */
@Command(
    name = "backup",
    description = {
      "Has a running gateway take a backup of its store, as every night, but now.",
      "It is of no use without the store's key: keep that somewhere else."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = operations.call().answer("/backup");
    boolean taken = answer.has("place");
    if (taken) {
      out.printf("%s (%,d bytes)%n", answer.path("place").asText(), answer.path("bytes").asLong());
    } else {
      out.println("No backup was taken: " + answer.path("error").asText("it failed"));
    }
    out.flush();
    return taken ? 0 : 1;
  }
}
