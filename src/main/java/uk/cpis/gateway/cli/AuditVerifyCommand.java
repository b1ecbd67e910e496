package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.evidence.EvidenceException;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Verification;

/** Checks an exported audit or a proof: the same as the jar of its own does. */
@Command(
    name = "verify",
    description = {
      "Checks an exported audit, or a proof, and names the first record that is not as it was.",
      "Whoever does not trust this program runs the jar that holds nothing but the check."
    },
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The exported audit, or the proof.")
  private Path file;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PEM",
      description = "A certificate or public key that may have sealed; once for each.")
  private List<Path> keys;

  @Option(
      names = "--earlier",
      paramLabel = "FILE",
      description = "An earlier export, whose seals must be in this one.")
  private List<Path> earlier = new ArrayList<>();

  @Option(
      names = "--seal",
      paramLabel = "N:DIGEST",
      description = "A seal that was written down elsewhere.")
  private List<String> seals = new ArrayList<>();

  @Option(
      names = "--kept",
      paramLabel = "DAYS",
      defaultValue = "2922",
      description = "For how many days records are to be kept; ${DEFAULT-VALUE} unless given.")
  private int kept;

  @Option(names = "--json", description = "One JSON object in place of lines.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Report report = new Verification(file, keys, earlier, seals, Duration.ofDays(kept)).report();
      out.print(json ? report.json() + "\n" : report.text());
      out.flush();
      return report.whole() ? 0 : 1;
    } catch (EvidenceException e) {
      spec.commandLine().getErr().println("verify: " + e.getMessage());
      return Cpis.UNREACHABLE;
    }
  }
}
