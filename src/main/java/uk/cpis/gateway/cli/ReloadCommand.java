package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway take its keys, its CAs and its registration from their files now. */
@Command(
    name = "reload",
    description = "Has the gateway take keys, CAs and registration from their files now.",
    mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private OperationsOption operations;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean all = true;
    for (String path : List.of("/keys/load", "/registration/load")) {
      JsonNode answer = operations.call().answer(path);
      answer.path("changes").forEach(each -> out.println(each.asText()));
      answer.path("faults").forEach(each -> out.println(each.asText()));
      all &= answer.has("changes");
    }
    out.println(all ? "What is in the files counts." : "Something was not taken; see above.");
    out.flush();
    return all ? 0 : 1;
  }
}
