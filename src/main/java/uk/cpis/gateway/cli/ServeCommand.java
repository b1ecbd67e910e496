package uk.cpis.gateway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--until-input-ends",
      description = "Stops when standard input ends too, as when the program that started it ends.")
  private boolean untilInputEnds;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    try (UntilStopped until = new UntilStopped();
        Gateway gateway = Gateway.open(configuration.settings(), InstantSource.system())) {
      if (untilInputEnds) {
        stopAtEndOfInput(until);
      }
      out.println("Serving at " + gateway.addresses().get(0) + " until stopped.");
      out.flush();
      until.await();
    }
    return 0;
  }

  private static void stopAtEndOfInput(UntilStopped until) {
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LOG.warn("standard input cannot be read: stopping", e);
              }
              until.stop();
            },
            "standard-input");
    reader.setDaemon(true);
    reader.start();
  }
}
