package uk.cpis.gateway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SimulatorFolder;

/** The options of a command that speaks to the demonstration as one of its made-up systems. */
final class DemonstrationOptions {

  @Option(
      names = "--gateway",
      defaultValue = "https://localhost:8443",
      paramLabel = "ADDRESS",
      description = "The gateway; ${DEFAULT-VALUE} unless told.")
  private URI gateway;

  @Option(
      names = "--folder",
      defaultValue = "target/demonstration",
      paramLabel = "FOLDER",
      description = "Where messages and tasks are kept; ${DEFAULT-VALUE} unless told.")
  private Path folder;

  @Option(
      names = "--certificates",
      defaultValue = "certs",
      paramLabel = "FOLDER",
      description = "The development certificates; ${DEFAULT-VALUE} unless told.")
  private Path certificates;

  /** Where the gateway's service of this path listens, such as {@code /query}. */
  URI service(String path) {
    return URI.create(gateway + path);
  }

  DevelopmentCertificates keys() {
    return new DevelopmentCertificates(certificates);
  }

  /** The world that the made-up systems live in. */
  PartnerWorld world(DevelopmentCertificates keys, InstantSource clock) {
    return new PartnerWorld(Estate.gateway(keys), keys.paths(), SimulatorFolder.at(folder), clock);
  }
}
