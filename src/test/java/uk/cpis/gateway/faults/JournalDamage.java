package uk.cpis.gateway.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What may happen to the broker's files while the gateway does not run. */
enum JournalDamage {
  /** Nothing is left of them. */
  LOST {
    @Override
    void to(Path queue) throws IOException {
      try (Stream<Path> files = Files.walk(queue)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  },
  /** The files of the journal end after their first bytes. */
  TRUNCATED {
    @Override
    void to(Path queue) throws IOException {
      for (Path file : files(queue.resolve("journal"))) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(100);
        }
      }
    }
  },
  /** One byte in some hundreds is another one. */
  FLIPPED {
    @Override
    void to(Path queue) throws IOException {
      for (Path file : files(queue.resolve("journal"))) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          for (long at = 150; at < 20_000; at += 211) {
            open.seek(at);
            int old = open.read();
            open.seek(at);
            open.write(old ^ 0x10);
          }
        }
      }
    }
  },
  /** The files bear the mark of another version. */
  OTHER_VERSION {
    @Override
    void to(Path queue) throws IOException {
      for (Path file : files(queue.resolve("journal"))) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.writeInt(99);
        }
      }
    }
  },
  /** Where the queues are written down there is something else. */
  BINDINGS_OVERWRITTEN {
    @Override
    void to(Path queue) throws IOException {
      for (Path file : files(queue.resolve("bindings"))) {
        Files.write(file, "not a journal".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
      }
    }
  };

  abstract void to(Path queue) throws IOException;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(amq|bindings)")).toList();
    }
  }
}
