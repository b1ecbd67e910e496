package uk.cpis.gateway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes that tests fill up. Where mounting one is not permitted, the
 * test counts as not run.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int MEGABYTE = 1 << 20;

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /** Mounts one of this size on the folder, which is made. */
  public static SmallDisk mounted(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assumeTrue(
        ran(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "mode=0700,size=" + megabytes + "m",
            "cpis-test",
            folder + ""),
        "not run: a small file system cannot be mounted here");
    return new SmallDisk(folder);
  }

  public Path root() {
    return root;
  }

  /** Fills it until no more than this many megabytes are free; to the last byte for none. */
  public void fill(int left) {
    try (OutputStream filler = Files.newOutputStream(filler())) {
      long bytes = free() - (long) left * MEGABYTE;
      byte[] block = new byte[4_096];
      for (long written = 0; written < bytes; written += block.length) {
        filler.write(block);
      }
      while (left == 0) {
        filler.write(block);
      }
    } catch (IOException e) {
      if (left > 0) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Takes away what filled it. */
  public void empty() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it read-only, or writable again. */
  public void readOnly(boolean wanted) {
    String mode = wanted ? "remount,ro" : "remount,rw";
    assumeTrue(ran("mount", "-o", mode, root.toString()), "not run: nothing can be remounted here");
  }

  private Path filler() {
    return root.resolve("filler");
  }

  public long free() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ran("umount", "-l", root.toString());
  }

  private static boolean ran(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
