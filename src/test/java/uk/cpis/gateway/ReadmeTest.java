package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AlertKind;

/** Holds the README to what the program does. */
class ReadmeTest {

  @Test
  void namesEverySettingWithItsDefault() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(settings("cpis", GatewayConfig.class))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            setting -> {
              assertThat(readme).contains("`" + setting.key() + "`");
              setting.fallback().ifPresent(value -> assertThat(readme).contains("`" + value + "`"));
            });
  }

  @Test
  void namesEveryCodeOfTheLogAndNoOther() throws IOException {
    Set<String> told = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        told.addAll(codes(Files.readString(file)));
      }
    }
    Arrays.stream(AlertKind.values()).map(AlertKind::overCode).forEach(told::add);
    String table =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("| `CPG-"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .collect(Collectors.joining("\n"));

    assertThat(codes(table)).isEqualTo(told);
  }

  /** The detail codes of faults have numbers and a catalogue of their own. */
  private static Set<String> codes(String text) {
    return Pattern.compile("CPG(-[A-Z]+)+\\b(?!-)")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record Setting(String key, Optional<String> fallback) {}

  private static List<Setting> settings(String prefix, Class<?> group) {
    List<Setting> settings = new ArrayList<>();
    for (Method method : group.getDeclaredMethods()) {
      String key = prefix + "." + dashed(method.getName());
      if (method.getReturnType().getEnclosingClass() == GatewayConfig.class) {
        settings.addAll(settings(key, method.getReturnType()));
      } else if (!key.equals("cpis.store.key")) {
        settings.add(
            new Setting(
                key,
                Optional.ofNullable(method.getAnnotation(WithDefault.class))
                    .map(WithDefault::value)));
      }
    }
    return settings;
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
