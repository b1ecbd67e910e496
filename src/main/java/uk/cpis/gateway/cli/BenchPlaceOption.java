package uk.cpis.gateway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import uk.cpis.gateway.bench.BenchPlan;

/** The options that say where a bench keeps everything. */
final class BenchPlaceOption {

  @Option(
      names = "--folder",
      defaultValue = "target/bench",
      paramLabel = "FOLDER",
      description = "Where everything is kept; ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(
      names = "--certificates",
      defaultValue = "certs",
      paramLabel = "FOLDER",
      description = "The development certificates; ${DEFAULT-VALUE}.")
  private Path certificates;

  BenchPlan.Place place() {
    return new BenchPlan.Place(folder, certificates);
  }
}
