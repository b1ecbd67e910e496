package uk.cpis.gateway.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import uk.cpis.gateway.simulator.Clinicians;

/**
 * What a run is to do.
 *
 * @param connections how many ask at once, each on a connection of its own
 * @param perSecond how many questions a second are measured; 0: as many as are answered
 * @param duration how long is measured
 * @param warmUp how many queries are answered before that
 * @param hitPercent how many in a hundred are about people with plans
 * @param people how many people have plans
 * @param clinician who asks, and by that with which kind of key
 * @param place where everything is kept
 * @param virtualMachine the options of the gateway's Java, such as its heap
 */
public record BenchPlan(
    int connections,
    double perSecond,
    Duration duration,
    int warmUp,
    double hitPercent,
    int people,
    Clinicians clinician,
    Place place,
    List<String> virtualMachine) {

  /** Copies the options. */
  public BenchPlan {
    virtualMachine = List.copyOf(virtualMachine);
  }

  /** The folder of the bench, and that of the development certificates. */
  public record Place(Path folder, Path certificates) {}
}
