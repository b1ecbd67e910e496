package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Rehearsal;

/** Says who would still verify after a switch of CAs or lists, or at another time. */
@Command(
    name = "rehearse",
    description = {
      "Says which partners would still verify with other CAs or revocation lists, or at another"
          + " time. Changes nothing.",
      "Ends with 1 when somebody would not."
    },
    mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(names = "--anchors", paramLabel = "PEM", description = "In place of the configured.")
  private List<Path> anchors = List.of();

  @Option(names = "--intermediates", paramLabel = "PEM", description = "Likewise.")
  private List<Path> intermediates = List.of();

  @Option(names = "--lists", paramLabel = "FILE", description = "Likewise; folders too.")
  private List<Path> lists = List.of();

  @Option(names = "--partner", paramLabel = "CODE", description = "Only this ASID or authority.")
  private Set<String> partners = Set.of();

  @Option(names = "--at", paramLabel = "TIME", description = "As if it were then.")
  private Optional<Instant> at = Optional.empty();

  @Option(names = "--json", description = "A JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Instant then = at.orElseGet(InstantSource.system()::instant);
    List<Rehearsal.Use> uses =
        Rehearsal.of(
            config.read().settings(),
            new Rehearsal.Plan(anchors, intermediates, lists, partners, then));
    uses.forEach(each -> show(each, out));
    long failing = uses.stream().filter(each -> !each.stands()).count();
    if (!json) {
      out.printf("%d would stand, %d would fail.%n", uses.size() - failing, failing);
    }
    out.flush();
    return failing == 0 && !uses.isEmpty() ? 0 : 1;
  }

  private void show(Rehearsal.Use use, PrintWriter out) {
    if (json) {
      out.println(JsonLine.of(use));
      return;
    }
    out.printf("%-5s %-12s %s%n", use.stands() ? "ok" : "FAILS", use.partner(), use.what());
    if (use.certificates().isEmpty()) {
      out.println("        no certificate of it counts then; register its successor");
    }
    use.certificates()
        .forEach(each -> each.refusal().ifPresent(why -> out.println("        " + why)));
  }
}
