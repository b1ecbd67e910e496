package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--operations",
      defaultValue = "http://127.0.0.1:8081",
      paramLabel = "ADDRESS",
      description = "The gateway's operations address; ${DEFAULT-VALUE} unless told.")
  private URI operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = new OperationsCall(operations).answer("/backup");
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
