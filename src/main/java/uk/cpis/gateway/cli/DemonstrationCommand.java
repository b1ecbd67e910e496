package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.FirstLoad;
import uk.cpis.gateway.simulator.Progress;

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

  @Option(
      names = "--with-parent",
      hidden = true,
      description = "Stops when the process that started it ends; for Maven, which may be killed.")
  private boolean withParent;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Demonstration.Place place =
        new Demonstration.Place(folder, certificates, Estate.Ports.documented(), CONTROL_PORT);
    try (UntilStopped until = new UntilStopped(() -> say(out, "Stopping ..."))) {
      if (withParent) {
        until.stopWithParent();
      }
      return run(place, until, out);
    }
  }

  private int run(Demonstration.Place place, UntilStopped until, PrintWriter out)
      throws InterruptedException {
    boolean again = Files.exists(folder.resolve("store"));
    try (Demonstration demonstration = Demonstration.open(place, until, out)) {
      until.goOn();
      load(demonstration, place, until, out);
      if (again) {
        say(out, "Data of an earlier start are there: what the story sends may be known already,");
        say(out, "and repeats by the same user within 24 hours show once in the access history.");
      }
      boolean asItShould = new Story(demonstration, until, out).tell();
      if (!once) {
        NextSteps.print(demonstration, folder, out);
        until.await();
      }
      return asItShould ? 0 : 1;
    }
  }

  private static void load(
      Demonstration demonstration, Demonstration.Place place, UntilStopped until, PrintWriter out)
      throws InterruptedException {
    say(
        out,
        "The gateway serves at %s; %d authorities' systems listen on ports from %d, %d collect."
            .formatted(
                demonstration.gateway().addresses().get(0),
                demonstration.pack().authorities().size() - Estate.COLLECTING.size(),
                place.ports().firstAuthority(),
                Estate.COLLECTING.size()));
    int records =
        new FirstLoad(
                demonstration.pack(),
                demonstration.authorities(),
                demonstration.submissions(),
                new Progress(out, "authorities have sent what they hold", until::goOn))
            .send();
    say(out, "The authorities sent what they hold: %,d records loaded.".formatted(records));
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
