package uk.cpis.gateway.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that are their owner's only from the first byte on, where there are rights. */
final class OwnFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnFiles() {}

  static void folder(Path folder) throws IOException {
    Files.createDirectory(folder, rights("rwx------"));
  }

  /** Makes those above it too. */
  static void folders(Path folder) throws IOException {
    Files.createDirectories(folder, rights("rwx------"));
  }

  /** Writes it, in place of what stood there. */
  static void write(Path file, String text) throws IOException {
    try (BufferedWriter writer = writer(file)) {
      writer.write(text);
    }
  }

  static BufferedWriter writer(Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            Channels.newOutputStream(channel(file, StandardOpenOption.TRUNCATE_EXISTING)),
            StandardCharsets.UTF_8));
  }

  /** Opens it for writing, and makes it where it is not there. */
  static FileChannel channel(Path file, OpenOption... more) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(more));
    options.add(StandardOpenOption.CREATE);
    options.add(StandardOpenOption.WRITE);
    return FileChannel.open(file, options, rights("rw-------"));
  }

  /** Closes what others made: Derby leaves the file it knows a key by to the process's habits. */
  static void close(Path tree) throws IOException {
    if (POSIX) {
      try (Stream<Path> places = Files.walk(tree)) {
        for (Path each : places.toList()) {
          Files.setPosixFilePermissions(
              each,
              PosixFilePermissions.fromString(Files.isDirectory(each) ? "rwx------" : "rw-------"));
        }
      }
    }
  }

  private static FileAttribute<?>[] rights(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
