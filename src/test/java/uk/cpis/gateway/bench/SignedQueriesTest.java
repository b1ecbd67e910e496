package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.simulator.Progress;

class SignedQueriesTest {
  private static final Progress QUIET =
      new Progress(new PrintWriter(Writer.nullWriter()), "queries signed");

  @TempDir Path folder;

  @Test
  void givesEachMessageAsItWasSignedInAnyOrder() throws Exception {
    try (SignedQueries queries =
        SignedQueries.sign(file(), 700, SignedQueriesTest::message, QUIET)) {
      assertThat(queries.size()).isEqualTo(700);
      assertThat(queries.get(699)).isEqualTo(message(699));
      assertThat(queries.get(0)).isEqualTo(message(0));
      assertThat(queries.get(300)).isEqualTo(message(300));
    }
  }

  @Test
  void leavesNoFileBehind() throws Exception {
    SignedQueries queries = SignedQueries.sign(file(), 3, SignedQueriesTest::message, QUIET);
    assertThat(file()).isNotEmptyFile();

    queries.close();

    assertThat(file()).doesNotExist();
  }

  @Test
  void leavesNoFileBehindWhenAMessageCannotBeSigned() {
    assertThatThrownBy(
            () ->
                SignedQueries.sign(
                    file(),
                    3,
                    index -> {
                      throw new IllegalStateException("no key");
                    },
                    QUIET))
        .isInstanceOf(BenchException.class)
        .hasRootCauseMessage("no key");
    assertThat(file()).doesNotExist();
  }

  private Path file() {
    return folder.resolve("queries");
  }

  private static byte[] message(int index) {
    return "message %d".formatted(index).repeat(1 + index % 5).getBytes(StandardCharsets.UTF_8);
  }
}
