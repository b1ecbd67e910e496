package uk.cpis.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the process has files for, so that callers, however many they are, never
 * take the last ones from the store, the broker and the lanes.
 *
 * @param most that the process may have open
 * @param open that it has open
 */
record FilesLeft(long most, long open) {

  private static final Logger LOG = LoggerFactory.getLogger(FilesLeft.class);

  /** What the store and the broker open as they go, and what nobody foresees. */
  private static final int RESERVE = 160;

  private static final int LEAST_CONNECTIONS = 16;

  /** As it is now; empty where the system has no such limit or does not tell it. */
  static Optional<FilesLeft> now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(
            new FilesLeft(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount()))
        : Optional.empty();
  }

  /** So many connections as wanted, or fewer and told, beside a connection for each lane. */
  int connections(int wanted, int lanes) {
    long possible = Math.max(LEAST_CONNECTIONS, most - open - RESERVE - lanes);
    if (possible >= wanted) {
      return wanted;
    }
    LOG.warn(
        "CPG-FEW-FILES files={} open={} connections={} wanted={} remedy=\"let the process have more"
            + " open files (ulimit -n), or lower cpis.http.connections\"",
        most,
        open,
        possible,
        wanted);
    return (int) possible;
  }
}
