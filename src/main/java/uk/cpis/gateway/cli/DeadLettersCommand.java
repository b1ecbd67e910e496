package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows an authority's dead letters, and has them sent again under the same id. */
@Command(
    name = "dead-letters",
    description = "Shows an authority's oldest dead letters, or sends them again.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CODE", description = "The authority, such as TWH.")
  private String code;

  @Option(
      names = "--send-again",
      arity = "0..1",
      fallbackValue = "all",
      paramLabel = "ID",
      description = "Sends this one again, or without an id all that are shown.")
  private String sendAgain = "";

  @Option(
      names = "--operations",
      defaultValue = "http://127.0.0.1:8081",
      paramLabel = "ADDRESS",
      description = "The gateway's operations address; ${DEFAULT-VALUE} unless told.")
  private URI operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    OperationsCall gateway = new OperationsCall(operations);
    List<JsonNode> letters =
        StreamSupport.stream(
                gateway.tree("/dead-letters/" + code.toUpperCase(Locale.ROOT)).spliterator(), false)
            .filter(letter -> wanted(letter.path("notification").asText()))
            .toList();
    boolean all = true;
    for (JsonNode letter : letters) {
      all &= told(letter, gateway, out);
    }
    out.printf("%d shown.%n", letters.size());
    out.flush();
    return all ? 0 : 1;
  }

  private boolean wanted(String id) {
    return sendAgain.isEmpty() || sendAgain.equals("all") || sendAgain.equals(id);
  }

  private boolean told(JsonNode letter, OperationsCall gateway, PrintWriter out)
      throws IOException, InterruptedException {
    String id = letter.path("notification").asText();
    out.printf("%s  %s  %s%n", id, letter.path("at").asText(), letter.path("cause").asText());
    if (sendAgain.isEmpty()) {
      return true;
    }
    Optional<String> refused = gateway.done("/dead-letters/" + id + "/send-again");
    out.println("  " + refused.orElse("is sent again"));
    return refused.isEmpty();
  }
}
