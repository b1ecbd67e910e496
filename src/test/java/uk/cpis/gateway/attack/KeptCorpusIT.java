package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the fuzzer has kept, given to the whole edge again: no finding. The ordinary run takes every
 * sixteenth, {@code -Dattacks=all} every one.
 */
class KeptCorpusIT {

  private static final int EACH = System.getProperty("attacks", "some").equals("all") ? 1 : 16;

  @TempDir private Path folder;

  @Test
  void findsNothingInWhatTheFuzzerKept() throws IOException {
    List<Path> kept;
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "fuzz"))) {
      kept = files.sorted().toList();
    }
    assertThat(kept).hasSizeBetween(50, 800);
    try (WholeEdge edge = new WholeEdge(folder)) {
      for (int i = 0; i < kept.size(); i += EACH) {
        Path each = kept.get(i);
        byte[] bytes = Files.readAllBytes(each);
        assertThatCode(() -> edge.judge(bytes)).as(each.toString()).doesNotThrowAnyException();
      }
    }
  }
}
