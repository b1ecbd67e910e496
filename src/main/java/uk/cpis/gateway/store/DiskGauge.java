package uk.cpis.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much room the store's file system has left. Whoever asks has it looked at, once a second at
 * the most, by the monotonic clock. When it falls below the least, it is low until there is a
 * quarter more than the least again; both turns are told once. Shared between threads.
 */
public final class DiskGauge {

  private static final Logger LOG = LoggerFactory.getLogger(DiskGauge.class);
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
  private static final long MEGABYTE = 1L << 20;

  private final long least;
  private final LongSupplier free;
  private final LongSupplier nanoTime;
  private final AtomicLong lastLook;
  private volatile long lastFree;
  private volatile boolean low;

  /** By these functions: the bytes that are free, and the nanoseconds of a clock that only runs. */
  public DiskGauge(long least, LongSupplier free, LongSupplier nanoTime) {
    this.least = least;
    this.free = free;
    this.nanoTime = nanoTime;
    this.lastLook = new AtomicLong(nanoTime.getAsLong());
    take(free.getAsLong());
  }

  /** Of the file system that holds this folder; one that cannot be looked at has nothing free. */
  public static DiskGauge of(Path folder, long least) {
    return new DiskGauge(least, () -> usable(folder), System::nanoTime);
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      LOG.debug("the room of {} cannot be looked at", folder, e);
      return 0;
    }
  }

  /** Whether nothing that is not needed should be written any more. */
  public boolean low() {
    look();
    return low;
  }

  private void look() {
    long last = lastLook.get();
    long now = nanoTime.getAsLong();
    if (now - last >= LOOK_EVERY && lastLook.compareAndSet(last, now)) {
      take(free.getAsLong());
    }
  }

  private synchronized void take(long bytes) {
    lastFree = bytes;
    if (!low && bytes < least) {
      low = true;
      LOG.error(
          "CPG-DISK-LOW free={} least={} remedy=\"free room on the store's disk: until then queries"
              + " and submissions are refused, to be sent again\"",
          megabytes(bytes),
          megabytes(least));
    } else if (low && bytes >= least + least / 4) {
      low = false;
      LOG.info("CPG-DISK-ENOUGH free={} least={}", megabytes(bytes), megabytes(least));
    }
  }

  /** What is wrong, while it is low. */
  public Optional<String> fault() {
    return low()
        ? Optional.of(
            state() + ": queries and submissions are refused, to be sent again; see CPG-DISK-LOW")
        : Optional.empty();
  }

  /** How much is free, and how much must be. */
  public String state() {
    look();
    return megabytes(lastFree) + " free, at least " + megabytes(least) + " needed";
  }

  private static String megabytes(long bytes) {
    return bytes / MEGABYTE + "MB";
  }
}
