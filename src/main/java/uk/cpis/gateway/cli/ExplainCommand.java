package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a refusal by the reference the caller was given. */
@Command(
    name = "explain",
    description = {
      "Explains a refusal: what was checked, what was there instead, and what to do.",
      "By the reference in the fault, or by the id of the message."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private static final Pattern UUID_FORM =
      Pattern.compile("(?i)(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ID", description = "The reference, or a message's id.")
  private String id;

  @Option(names = "--json", description = "The answer as it is.")
  private boolean json;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    Matcher form = UUID_FORM.matcher(id.strip());
    if (!form.matches()) {
      throw new ParameterException(
          spec.commandLine(), "ID is a reference or message id, such as " + UUID.randomUUID());
    }
    JsonNode refusals =
        operations.call().tree("/refusals/" + form.group(1).toLowerCase(Locale.ROOT));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(refusals.toPrettyString());
    } else if (refusals.isEmpty()) {
      out.println("Nothing is known of that id: it was not refused here, or it was long ago,");
      out.println("or one certificate was refused more than thirty times in that minute: cpis");
      out.println("refusals says how often.");
    } else {
      refusals.forEach(each -> RefusalText.print(each, out));
    }
    out.flush();
    return refusals.isEmpty() ? 1 : 0;
  }
}
