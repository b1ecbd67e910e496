package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
