package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of rules and their proofs to the tests there are: none empty, none invented. */
class RuleProofsTest {

  private static final Path TABLE = Path.of("src/adr/0012-rules-and-their-proofs.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final int RULES = 20;

  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+[a-z]?) \\|.*\\|$", Pattern.MULTILINE);
  private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Pattern METHOD =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b[\\s\\S]*?\\bvoid (\\w+)\\(");

  @Test
  void everyRuleHasAProof() throws IOException {
    Map<Integer, Integer> proofs = new TreeMap<>();
    rows().forEach(row -> proofs.merge(row.rule(), row.proofs().size(), Integer::sum));

    assertThat(proofs.keySet()).containsAll(IntStream.rangeClosed(1, RULES).boxed().toList());
    assertThat(proofs.values()).allSatisfy(count -> assertThat(count).isPositive());
    assertThat(rows()).allSatisfy(row -> assertThat(row.proofs()).isNotEmpty());
  }

  @Test
  void everyProofIsATest() throws IOException {
    Map<String, String> tests = tests();

    assertThat(proofs(Files.readString(TABLE)))
        .hasSizeGreaterThan(RULES)
        .allSatisfy(
            proof -> {
              assertThat(tests).containsKey(proof.test());
              assertThat(methods(tests.get(proof.test()))).contains(proof.method());
            });
  }

  private record Proof(String test, String method) {}

  private record Row(int rule, List<Proof> proofs) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(Files.readString(TABLE));
    while (matcher.find()) {
      rows.add(
          new Row(
              Integer.parseInt(matcher.group(1).replaceAll("[a-z]", "")), proofs(matcher.group())));
    }
    return rows;
  }

  private static List<Proof> proofs(String text) {
    return PROOF.matcher(text).results().map(at -> new Proof(at.group(1), at.group(2))).toList();
  }

  /** The text of every test class by its name. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(Collectors.toMap(RuleProofsTest::name, RuleProofsTest::text));
    }
  }

  private static List<String> methods(String text) {
    return METHOD.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
