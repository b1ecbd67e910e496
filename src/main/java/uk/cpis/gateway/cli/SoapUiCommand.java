package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.soapui.SoapUiFiles;

/** Writes the files that the SoapUI project names. */
@Command(
    name = "soapui",
    description =
        "Copies development keys for the SoapUI project in src/test/soapui, under a password that"
            + " is no secret.",
    mixinStandardHelpOptions = true)
final class SoapUiCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--certs",
      defaultValue = "certs",
      paramLabel = "FOLDER",
      description = "The development certificates; ${DEFAULT-VALUE} unless told.")
  private Path certs;

  @Option(
      names = "--folder",
      defaultValue = "target/soapui",
      paramLabel = "FOLDER",
      description = "Where the files are written; the project looks in ${DEFAULT-VALUE}.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new SoapUiFiles(new DevelopmentCertificates(certs)).write(folder).forEach(out::println);
    out.println("Now open src/test/soapui/cpis-soapui-project.xml in SoapUI; see README.md there.");
    out.println("These keys are for development only, and their password is no secret.");
    out.flush();
    return 0;
  }
}
