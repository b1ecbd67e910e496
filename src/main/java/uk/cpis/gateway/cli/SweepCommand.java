package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway remove what has outlived its time, now, and shows how much that was. */
@Command(
    name = "sweep",
    description = "Removes from the store what has outlived its time, as every night, but now.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode report = operations.call().answer("/sweep");
    boolean all = report.path("swept").size() > 0;
    for (JsonNode swept : report.path("swept")) {
      boolean done = swept.path("ending").asText().equals("DONE");
      out.printf(
          "%,10d %s%s%n",
          swept.path("removed").asLong(),
          swept.path("what").asText(),
          done ? "" : "  " + swept.path("ending").asText());
      all &= done;
    }
    out.flush();
    return all ? 0 : 1;
  }
}
