package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.simulator.Progress;
import uk.cpis.gateway.simulator.SyntheticPack;

/** Makes the development PKI, or what is absent of it. */
@Command(
    name = "certs",
    description =
        "Makes the development certificates: what is absent, or with --renew everything anew.",
    mixinStandardHelpOptions = true)
final class CertsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      defaultValue = "certs",
      paramLabel = "FOLDER",
      description = "Where they are made; ${DEFAULT-VALUE} unless told.")
  private Path folder;

  @Option(names = "--renew", description = "Makes everything anew, with new keys and CAs.")
  private boolean renew;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out, "certificates made");
    DevelopmentPki pki = new DevelopmentPki(folder, InstantSource.system());
    if (renew) {
      pki.makeAll(authorities(), progress::at);
    } else {
      pki.makeAbsent(authorities(), progress::at);
    }
    out.printf("The development certificates are in %s; see README.md there.%n", folder);
    out.println("They are for development only: a live gateway refuses them.");
    out.flush();
    return 0;
  }

  private static List<OdsCode> authorities() {
    return SyntheticPack.of(SyntheticPack.SEED, 0, LocalDate.now()).authorities().stream()
        .map(LocalAuthority::code)
        .toList();
  }
}
