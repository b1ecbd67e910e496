package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;

/** Reads the configuration whole and says what is wrong with it, or what counts. */
@Command(
    name = "check",
    description = "Checks a configuration and prints every setting with its value and origin.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    Gateway.check(configuration.settings());
    configuration
        .effective()
        .forEach(
            setting ->
                out.printf("%-40s %s  (%s)%n", setting.key(), setting.value(), setting.origin()));
    out.println("The configuration is sound, and its keys can be read. Nothing was opened.");
    out.flush();
    return 0;
  }
}
