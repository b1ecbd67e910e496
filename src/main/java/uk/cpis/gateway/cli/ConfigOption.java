package uk.cpis.gateway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import uk.cpis.gateway.Configuration;

/** The option by which commands find a gateway's configuration. */
final class ConfigOption {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file.")
  private Path file;

  /** The configuration, as the environment overrides it. */
  Configuration read() {
    return Configuration.read(file, System.getenv());
  }
}
