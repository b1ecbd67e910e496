package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has an authority's sequence numbers begin anew (rule 18). */
@Command(
    name = "reset-sequence",
    description = {
      "Has an authority's sequence numbers begin anew, for a system that lost its count.",
      "No record changes; every number may be used once more. The audit keeps who did it."
    },
    mixinStandardHelpOptions = true)
final class ResetSequenceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CODE", description = "The authority, such as TWH.")
  private String code;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    String authority = code.toUpperCase(Locale.ROOT);
    JsonNode answer = operations.call().answer("/sequences/" + authority + "/reset");
    boolean reset = answer.has("reset");
    if (reset) {
      String last =
          answer.path("lastNumber").isNull() ? "none" : answer.path("lastNumber").asText();
      out.printf("%s begins anew; the last number was %s.%n", authority, last);
    } else {
      out.println(answer.path("error").asText("not reset"));
    }
    out.flush();
    return reset ? 0 : 1;
  }
}
