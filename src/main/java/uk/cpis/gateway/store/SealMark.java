package uk.cpis.gateway.store;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/**
 * The line of the newest seal, signed as it is, in a file beside the database: whoever takes seals
 * out of the database while no gateway runs leaves it standing. It is written behind the commit of
 * the seal, so it may be behind the store, and never ahead of it.
 */
public final class SealMark {

  private final Path file;
  private final Steps steps;

  SealMark(Path file, Steps steps) {
    this.file = file;
    this.steps = steps;
  }

  /** The line that was written last; empty when there is none. */
  public Optional<String> read() {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read " + file, e);
    }
  }

  /** Keeps this line in place of the one before; on disk when this returns. */
  public void write(String line) {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel = OwnFiles.channel(aside, StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      steps.reached(Step.SEAL_MARK_WRITTEN);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (File.separatorChar == '/') {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
          folder.force(true);
        }
      }
    } catch (IOException e) {
      throw new StoreException("cannot write " + file, e);
    }
  }
}
