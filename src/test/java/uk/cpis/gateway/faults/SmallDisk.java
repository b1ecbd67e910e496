package uk.cpis.gateway.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes in memory, which can be filled and made read-only. Where the
 * machine does not let us mount one, the test is not run, and the build says so.
 */
final class SmallDisk implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;
  private static final int BLOCK = 64 << 10;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  static SmallDisk at(Path place, int megabytes) throws IOException {
    Files.createDirectories(place);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString()),
        "not run: this machine does not let the build mount a file system");
    return new SmallDisk(place);
  }

  /** Writes until so many bytes are left. */
  void fillExcept(long bytes) throws IOException {
    long room = Files.getFileStore(place).getUsableSpace() - bytes;
    try (var out = Files.newOutputStream(filler())) {
      byte[] block = new byte[BLOCK];
      for (long written = 0; written < room; written += BLOCK) {
        out.write(block);
      }
    }
  }

  void makeRoom() throws IOException {
    Files.deleteIfExists(filler());
  }

  void readOnly(boolean wanted) {
    String mode = wanted ? "remount,ro" : "remount,rw";
    assumeTrue(run("mount", "-o", mode, place.toString()), "not run: cannot remount");
  }

  private Path filler() {
    return place.resolve("filler");
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    run("umount", "-l", place.toString());
  }
}
