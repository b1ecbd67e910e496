package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;

/** Runs a gateway by a configuration until it is stopped. */
@Command(
    name = "serve",
    description = "Runs a gateway until it is stopped (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = Configuration.read(config, System.getenv());
    try (UntilStopped until = new UntilStopped();
        Gateway gateway = Gateway.open(configuration.settings(), InstantSource.system())) {
      out.println("Serving at " + gateway.addresses().get(0) + " until stopped.");
      out.flush();
      until.await();
    }
    return 0;
  }
}
