package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has a running gateway do without revocation lists that cannot be had, for a while. */
@Command(
    name = "degrade",
    description = {
      "Has certificates pass whose revocation list is missing or has ended, until a set time.",
      "What stands on a list is refused all the same. Health, log and audit say so meanwhile."
    },
    mixinStandardHelpOptions = true)
final class DegradeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "When it ends by itself, 72 hours ahead at the most.")
  private Optional<Instant> until = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it stays in the audit, so name no person.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--end", description = "Ends it now.")
  private boolean end;

  @Override
  public Integer call() throws Exception {
    if (end == until.isPresent() || until.isPresent() != reason.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "say --until TIME and --reason TEXT, or --end");
    }
    ChangeAnswer answer =
        new ChangeAnswer(operations.call().answer("/trust/revocation-unknown/" + what()));
    PrintWriter out = spec.commandLine().getOut();
    answer.print(out);
    String done = end ? "It is over." : "It counts until then.";
    String counts = answer.changed() ? done : ChangeAnswer.NOTHING;
    out.println(answer.taken() ? counts : answer.error("Nothing was done."));
    out.flush();
    return answer.changed() ? 0 : 1;
  }

  private String what() {
    return end ? "end" : until.orElseThrow() + "/" + encoded(reason.orElseThrow());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
