package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway note that an operator knows of the seals that are missing. */
@Command(
    name = "acknowledge",
    description = {
      "Says that it is known and cleared up that seals are missing in the store (CPG-SEALS-MISSING).",
      "Health says no more of them then; every export still shows the gap, and the audit keeps who"
          + " acknowledged it."
    },
    mixinStandardHelpOptions = true)
final class AuditAcknowledgeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = operations.call().answer("/audit/acknowledge");
    JsonNode seals = answer.path("acknowledged");
    seals.forEach(seal -> out.println("Seal " + seal.asLong() + " is missing: acknowledged."));
    if (seals.isEmpty()) {
      out.println(answer.path("error").asText("No seal is missing that nobody acknowledged."));
    }
    out.flush();
    return seals.isEmpty() ? 1 : 0;
  }
}
