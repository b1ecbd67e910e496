package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the threat model to the tests that it names. */
class ThreatsTest {

  private static final Path THREATS = Path.of("src/adr/0026-threats-by-boundary.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:IT|Test))`");

  @Test
  void everyTestThatShowsADefenceExists() throws IOException {
    Set<String> named =
        TEST.matcher(Files.readString(THREATS))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(15).isSubsetOf(tests());
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
