package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows dead letters, and has them sent again under the same id. */
@Command(
    name = "dead-letters",
    description = {
      "Shows how many dead letters there are, the oldest of an authority, or one of them.",
      "With --send-again they are sent again, the oldest first, so many a second."
    },
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {

  private static final int LENGTH_OF_AN_ID = 36;
  private static final List<String> REASONS = List.of("refused", "outlived", "uncollected");

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CODE or ID",
      description = "An authority, such as TWH, or the id of one; all when it is left out.")
  private String which = "";

  @Option(
      names = "--send-again",
      description = "Sends them again; says how many they are unless there is --yes too.")
  private boolean sendAgain;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those that were refused, outlived or uncollected.")
  private String reason = "";

  @Option(names = "--yes", description = "Sends however many they are.")
  private boolean yes;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    if (!reason.isEmpty() && !REASONS.contains(reason)) {
      throw new ParameterException(
          spec.commandLine(), "--reason takes " + String.join(", ", REASONS));
    }
    if (yes && !sendAgain) {
      throw new ParameterException(spec.commandLine(), "--yes goes with --send-again");
    }
    PrintWriter out = spec.commandLine().getOut();
    OperationsCall gateway = operations.call();
    try {
      return which.length() == LENGTH_OF_AN_ID ? one(gateway, out) : many(gateway, out);
    } finally {
      out.flush();
    }
  }

  private int one(OperationsCall gateway, PrintWriter out)
      throws IOException, InterruptedException {
    String path = "/dead-letters/" + which.toLowerCase(Locale.ROOT);
    JsonNode letter = gateway.tree(path);
    if (letter.has("error")) {
      out.println(standing(gateway.tree("/notifications/" + which.toLowerCase(Locale.ROOT))));
      return 1;
    }
    letter(letter, out);
    if (!sendAgain) {
      return 0;
    }
    Optional<String> refused = gateway.done(path + "/send-again");
    out.println(refused.orElse("It is sent again."));
    return refused.isEmpty() ? 0 : 1;
  }

  /** Why it is no dead letter. */
  private static String standing(JsonNode notification) {
    if (notification.has("error")) {
      return "There is no such notification.";
    }
    JsonNode settled = notification.path("settledAt");
    return "It is no dead letter: number %d of %s is %s%s."
        .formatted(
            notification.path("number").asLong(),
            notification.path("authority").asText(),
            spoken(notification.path("state")),
            settled.isNull() ? "" : " since " + settled.asText());
  }

  private int many(OperationsCall gateway, PrintWriter out)
      throws IOException, InterruptedException {
    String authority = which.toUpperCase(Locale.ROOT);
    JsonNode letters = gateway.tree("/dead-letters" + (authority.isEmpty() ? "" : "/" + authority));
    if (letters.has("error")) {
      out.println(which + ": " + letters.path("error").asText());
      return 1;
    }
    List<JsonNode> counts =
        elements(gateway.tree("/dead-letters"))
            .filter(
                each -> authority.isEmpty() || each.path("authority").asText().equals(authority))
            .filter(each -> reason.isEmpty() || reasonOf(each).equals(reason))
            .toList();
    if (!authority.isEmpty() && !sendAgain) {
      elements(letters)
          .filter(each -> reason.isEmpty() || reasonOf(each.path("givenUp")).equals(reason))
          .forEach(each -> line(each, out));
    }
    counts.forEach(each -> count(each, out));
    long all = counts.stream().mapToLong(each -> each.path("count").asLong()).sum();
    if (counts.size() != 1) {
      out.printf("%d in all.%n", all);
    }
    return sendAgain && all > 0 ? sendAgain(authority, gateway, out) : 0;
  }

  private int sendAgain(String authority, OperationsCall gateway, PrintWriter out)
      throws IOException, InterruptedException {
    if (!yes) {
      out.println("Nothing is sent; say --yes to have these sent again.");
      return 0;
    }
    String path =
        "/dead-letters"
            + (authority.isEmpty() ? "" : "/" + authority)
            + "/send-again"
            + (reason.isEmpty() ? "" : "/" + reason);
    JsonNode answer = gateway.answer(path);
    if (answer.has("error")) {
      out.println(answer.path("error").asText());
      return 1;
    }
    out.printf(
        "%d are sent again, the oldest first; those in mailboxes are offered on.%n",
        answer.path("sentAgain").asLong());
    return 0;
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String reasonOf(JsonNode node) {
    return node.path("reason").asText().toLowerCase(Locale.ROOT);
  }

  private static void count(JsonNode count, PrintWriter out) {
    out.printf(
        "%-5s %-11s %7d  since %s%n",
        count.path("authority").asText(),
        reasonOf(count),
        count.path("count").asLong(),
        count.path("oldest").asText());
  }

  private static void line(JsonNode letter, PrintWriter out) {
    out.printf(
        "%s  number %d, %s of %s, given up %s (%s, %s): %s%n",
        letter.path("notification").asText(),
        letter.path("number").asLong(),
        kindOf(letter),
        letter.path("madeAt").asText(),
        letter.path("at").asText(),
        reasonOf(letter.path("givenUp")),
        attempts(letter.path("givenUp").path("attempts").asInt()),
        letter.path("givenUp").path("cause").asText());
  }

  private static void letter(JsonNode letter, PrintWriter out) {
    JsonNode givenUp = letter.path("givenUp");
    out.printf("Notification %s%n", letter.path("notification").asText());
    out.printf("  authority  %s%n", letter.path("authority").asText());
    out.printf("  number     %d%n", letter.path("number").asLong());
    out.printf("  kind       %s%n", kindOf(letter));
    out.printf("  made at    %s%n", letter.path("madeAt").asText());
    out.printf("  given up   %s%n", letter.path("at").asText());
    out.printf("  reason     %s%n", reasonOf(givenUp));
    out.printf("  cause      %s%n", givenUp.path("cause").asText());
    out.printf("  attempts   %d%n", givenUp.path("attempts").asInt());
  }

  private static String kindOf(JsonNode letter) {
    return spoken(letter.path("kind"));
  }

  private static String spoken(JsonNode name) {
    return name.asText().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String attempts(int count) {
    return count == 1 ? "1 attempt" : count + " attempts";
  }
}
