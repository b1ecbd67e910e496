package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway load the file of its local register again. */
@Command(
    name = "load-register",
    description = {
      "Has the gateway load the file of its local demographic register again.",
      "What is new in it is told to the authorities concerned; of a file with a fault nothing is"
          + " taken."
    },
    mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = operations.call().answer("/register/load");
    boolean loaded = answer.has("added");
    if (loaded) {
      out.printf(
          "%d new, %d changed.%n", answer.path("added").asInt(), answer.path("changed").asInt());
    } else {
      answer.path("faults").forEach(fault -> out.println(fault.asText()));
      out.printf("%s%n", answer.path("error").asText("Nothing was taken."));
    }
    out.flush();
    return loaded ? 0 : 1;
  }
}
