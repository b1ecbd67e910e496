package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how often who was refused for what. */
@Command(
    name = "refusals",
    description = {
      "Shows how often each certificate was refused in the last day, by minute and cause.",
      "One refusal by its reference: explain."
    },
    mixinStandardHelpOptions = true)
final class RefusalsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "The answer as it is.")
  private boolean json;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode counts = operations.call().tree("/refusals");
    if (json) {
      out.println(counts.toPrettyString());
    } else if (counts.isEmpty()) {
      out.println("Nothing was refused in the last day.");
    } else {
      out.printf("%-17s %7s  %-28s %s%n", "minute", "refused", "cause", "certificate");
      counts.forEach(each -> line(each, out));
    }
    out.flush();
    return 0;
  }

  private static void line(JsonNode count, PrintWriter out) {
    out.printf(
        "%-17s %7d  %-28s %s%n",
        count.path("minute").asText().replaceFirst(":00Z$", "Z"),
        count.path("count").asLong(),
        count.path("cause").asText(),
        count.path("certificate").asText());
  }
}
