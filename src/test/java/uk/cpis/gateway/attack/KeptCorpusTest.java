package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the fuzzer has kept, judged again: it ends as a refusal. */
class KeptCorpusTest {

  @Test
  void refusesAllThatTheFuzzerKept() throws IOException {
    List<Path> kept;
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "fuzz"))) {
      kept = files.toList();
    }
    assertThat(kept).hasSizeBetween(50, 500);
    for (Path each : kept) {
      assertThat(EdgeFuzz.judge(Files.readAllBytes(each))).as(each.toString()).isPresent();
    }
  }
}
