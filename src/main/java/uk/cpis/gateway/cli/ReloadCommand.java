package uk.cpis.gateway.cli;

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
      ChangeAnswer answer = new ChangeAnswer(operations.call().answer(path));
      answer.print(out);
      all &= answer.taken();
    }
    out.println(all ? "What is in the files counts." : "Something was not taken; see above.");
    out.flush();
    return all ? 0 : 1;
  }
}
