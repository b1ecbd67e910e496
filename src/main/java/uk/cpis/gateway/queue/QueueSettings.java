package uk.cpis.gateway.queue;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the broker runs: where its journal is, how long a send may take before it counts as failed,
 * and how much of the lanes is kept in memory, beyond which messages wait on disk only.
 */
public record QueueSettings(
    Path directory, Duration sendTimeout, long memoryPerLane, long memoryOfAllLanes) {

  private static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(5);
  private static final long DEFAULT_MEMORY_PER_LANE = 2L << 20;
  private static final long DEFAULT_MEMORY_OF_ALL_LANES = 32L << 20;

  /** Takes only what can work. */
  public QueueSettings {
    if (sendTimeout.toMillis() < 1 || memoryPerLane < 1 || memoryOfAllLanes < 1) {
      throw new IllegalArgumentException("time-out and memory of the lanes must be positive");
    }
  }

  /** The defaults, with the journal in this directory. */
  public static QueueSettings in(Path directory) {
    return new QueueSettings(
        directory, DEFAULT_SEND_TIMEOUT, DEFAULT_MEMORY_PER_LANE, DEFAULT_MEMORY_OF_ALL_LANES);
  }
}
