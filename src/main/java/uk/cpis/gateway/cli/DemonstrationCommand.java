package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.FirstLoad;

/** Starts a gateway with a made-up England around it, tells the story, and stays until stopped. */
@Command(
    name = "demonstration",
    description =
        "Starts a gateway with simulated authorities, tells a story over the wire, and stays.",
    mixinStandardHelpOptions = true)
final class DemonstrationCommand implements Callable<Integer> {

  private static final int CONTROL_PORT = 8082;

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Ends after the story, with status 0 if it went well.")
  private boolean once;

  @Option(
      names = "--folder",
      defaultValue = "target/demonstration",
      paramLabel = "FOLDER",
      description = "Where everything is kept; ${DEFAULT-VALUE} unless told.")
  private Path folder;

  @Option(
      names = "--certificates",
      defaultValue = "certs",
      paramLabel = "FOLDER",
      description = "The development certificates; ${DEFAULT-VALUE} unless told.")
  private Path certificates;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    say(out, "Starting: certificates, register, simulated authorities, gateway ...");
    Demonstration.Place place =
        new Demonstration.Place(folder, certificates, Estate.Ports.documented(), CONTROL_PORT);
    try (UntilStopped until = new UntilStopped();
        Demonstration demonstration = Demonstration.open(place, out)) {
      boolean asItShould = show(demonstration, place, out);
      if (!once) {
        NextSteps.print(demonstration, folder, out);
        until.await();
        say(out, "Stopping ...");
      }
      return asItShould ? 0 : 1;
    }
  }

  private static boolean show(
      Demonstration demonstration, Demonstration.Place place, PrintWriter out)
      throws InterruptedException {
    say(
        out,
        "The gateway serves at %s; %d authorities' systems listen on ports from %d."
            .formatted(
                demonstration.gateway().addresses().get(0),
                demonstration.pack().authorities().size(),
                place.ports().firstAuthority()));
    int records =
        new FirstLoad(
                demonstration.pack(), demonstration.authorities(), demonstration.submissions(), out)
            .send();
    say(out, "The authorities sent what they hold: %,d records loaded.".formatted(records));
    return new Story(demonstration, out).tell();
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
