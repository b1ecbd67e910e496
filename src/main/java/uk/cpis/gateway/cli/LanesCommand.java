package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the lanes of a running gateway: what waits for which authority, and why. */
@Command(
    name = "lanes",
    description = {
      "Shows the lanes of a running gateway; those where something happens.",
      "Settled is what this gateway settled since it started.",
      "Below stand the alerts that are not over; README says what each means."
    },
    mixinStandardHelpOptions = true)
final class LanesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "CODE",
      description = "Only these authorities, such as TWH.")
  private List<String> codes = List.of();

  @Option(names = "--all", description = "Idle lanes too.")
  private boolean all;

  @Option(names = "--retry", description = "Tries what waits for these authorities at once.")
  private boolean retry;

  @Option(names = "--json", description = "The answer as it is.")
  private boolean json;

  @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
  private boolean watch;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    if (retry && codes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--retry takes the authorities that are to be tried, such as TWH");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (retry && !retried(out)) {
      return 1;
    }
    boolean known = show(out);
    while (watch && known) {
      TimeUnit.SECONDS.sleep(1);
      known = show(out);
    }
    return known ? 0 : 1;
  }

  private boolean retried(PrintWriter out) throws IOException, InterruptedException {
    boolean all = true;
    for (String code : codes) {
      String authority = code.toUpperCase(Locale.ROOT);
      Optional<String> refused = operations.call().done("/lanes/" + authority + "/retry");
      refused.ifPresent(why -> out.println(authority + ": " + why));
      all &= refused.isEmpty();
    }
    out.flush();
    return all;
  }

  /** False when there is no such authority as one of those that were asked for. */
  private boolean show(PrintWriter out) throws IOException, InterruptedException {
    OperationsCall gateway = operations.call();
    String answer = gateway.text("/lanes");
    List<JsonNode> all =
        StreamSupport.stream(new ObjectMapper().readTree(answer).spliterator(), false).toList();
    List<String> unknown = codes.stream().filter(code -> !known(code, all)).toList();
    unknown.forEach(code -> out.println(code + ": there is no such authority"));
    if (json) {
      out.println(answer);
    } else if (unknown.size() < codes.size() || codes.isEmpty()) {
      table(all.stream().filter(this::wanted).toList(), out);
      gateway.tree("/alerts").forEach(alert -> alert(out, alert));
    }
    out.flush();
    return unknown.isEmpty();
  }

  private static boolean known(String code, List<JsonNode> lanes) {
    return lanes.stream().anyMatch(lane -> lane.path("authority").asText().equalsIgnoreCase(code));
  }

  private static void table(List<JsonNode> lanes, PrintWriter out) {
    out.printf(
        "%-5s %-9s %8s %9s %8s %5s  %-20s %-20s %s%n",
        "LA",
        "state",
        "waiting",
        "set aside",
        "settled",
        "dead",
        "oldest",
        "next attempt",
        "last cause");
    lanes.forEach(lane -> row(out, lane));
    if (lanes.isEmpty()) {
      out.println("No lane has anything to show; --all shows the idle ones.");
    } else {
      out.println("(settled: since the gateway's start)");
    }
  }

  private static void alert(PrintWriter out, JsonNode alert) {
    out.printf(
        "%s %s since %s%n",
        alert.path("code").asText(),
        alert.path("subject").asText(),
        seconds(alert.path("since").asText()));
  }

  private boolean wanted(JsonNode lane) {
    String authority = lane.path("authority").asText();
    return codes.isEmpty()
        ? all || busy(lane)
        : codes.stream().anyMatch(authority::equalsIgnoreCase);
  }

  private static boolean busy(JsonNode lane) {
    return lane.path("waiting").asLong() > 0
        || lane.path("settledSinceStart").asLong() > 0
        || lane.path("deadLetters").asLong() > 0
        || lane.path("setAside").asLong() > 0;
  }

  private static void row(PrintWriter out, JsonNode lane) {
    out.printf(
        "%-5s %-9s %8d %9d %8d %5d  %-20s %-20s %s%n",
        lane.path("authority").asText(),
        lane.path("state").asText().toLowerCase(Locale.ROOT),
        lane.path("waiting").asLong(),
        lane.path("setAside").asLong(),
        lane.path("settledSinceStart").asLong(),
        lane.path("deadLetters").asLong(),
        seconds(lane.path("oldestUnsettled").asText("")),
        inTrouble(lane) ? seconds(lane.path("nextAttempt").asText("")) : "",
        inTrouble(lane) ? lane.path("lastCause").asText("") : "");
  }

  /** Whether the cause of the last failure still counts. */
  private static boolean inTrouble(JsonNode lane) {
    return !lane.path("state").asText().equals("FLOWING") || lane.path("setAside").asLong() > 0;
  }

  /** A moment without its fraction of a second. */
  private static String seconds(String instant) {
    return instant.replaceFirst("\\.[0-9]+Z$", "Z");
  }
}
