package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the README's table of faults: every fault has its row, no cell is empty, no test invented.
 */
class FaultMatrixTest {

  private static final Path TESTS = Path.of("src/test/java");
  private static final int CELLS = 5;
  private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Pattern METHOD =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b[\\s\\S]*?\\bvoid (\\w+)\\(");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "journal's disk full",
        "broker stopped",
        "journal lost",
        "journal damaged",
        "journal's folder read-only",
        "store files damaged",
        "store's disk full",
        "authority down",
        "authority stalled",
        "half-open",
        "resetting",
        "slow drip",
        "wrong certificate",
        "expired certificate",
        "HTTP 500",
        "SOAP fault",
        "200 with garbage",
        "duplicate acknowledgement",
        "acknowledgement lost",
        "flapping",
        "clock jumps",
        "SIGSTOP",
        "files exhausted",
        "threads exhausted",
        "connections exhausted",
        "second process",
        "20 of 153",
        "table locked"
      })
  void everyFaultHasItsRow(String fault) throws IOException {
    assertThat(rows()).anyMatch(row -> row.get(0).contains(fault));
  }

  @Test
  void noCellIsEmpty() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(20)
        .allSatisfy(row -> assertThat(row).hasSize(CELLS).noneMatch(String::isBlank));
  }

  @Test
  void everyRowNamesATestThatExists() throws IOException {
    Map<String, String> tests = tests();

    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(PROOF.matcher(row.get(CELLS - 1)).results().toList())
                    .isNotEmpty()
                    .allSatisfy(
                        proof -> {
                          assertThat(tests).containsKey(proof.group(1));
                          assertThat(methods(tests.get(proof.group(1)))).contains(proof.group(2));
                        }));
  }

  /** The rows of the table under its heading, without its head. */
  private static List<List<String>> rows() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## When things break"));
    return section
        .substring(0, section.indexOf("\n## ", 1))
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  FaultMatrixTest::text));
    }
  }

  private static List<String> methods(String text) {
    return METHOD.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
