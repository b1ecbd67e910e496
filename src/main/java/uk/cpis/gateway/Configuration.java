package uk.cpis.gateway;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.domain.Asid;

/**
 * The configuration, read once from one file and the environment and checked whole: every fault is
 * reported in one go, with its key, before anything is opened.
 */
public final class Configuration {

  private static final String PREFIX = "cpis.";
  private static final String VARIABLES = "CPIS_";
  private static final String SECRET = "cpis.store.key";
  private static final int FILE_RANK = 200;
  private static final int ENVIRONMENT_RANK = 300;
  private static final int CONVERTER_RANK = 500;

  private final GatewayConfig settings;
  private final List<Effective> effective;

  private Configuration(GatewayConfig settings, List<Effective> effective) {
    this.settings = settings;
    this.effective = effective;
  }

  /** One setting as it counts: its key, its value (masked when secret) and where it comes from. */
  public record Effective(String key, String value, String origin) {}

  /** Reads the file and what the environment overrides; throws with every fault found. */
  public static Configuration read(Path file, Map<String, String> environment) {
    SmallRyeConfig sources = sources(file.toAbsolutePath(), environment);
    GatewayConfig settings = sources.getConfigMapping(GatewayConfig.class);
    List<String> faults =
        Stream.of(
                unknownIn(environment),
                secretsInFile(sources),
                ConfigCheck.faultsOf(settings).stream())
            .flatMap(each -> each)
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return new Configuration(settings, effective(sources));
  }

  public GatewayConfig settings() {
    return settings;
  }

  /** Every setting with its value and origin, by key. */
  public List<Effective> effective() {
    return effective;
  }

  private static SmallRyeConfig sources(Path file, Map<String, String> environment) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(List.of("there is no configuration file at " + file));
    }
    try {
      return new SmallRyeConfigBuilder()
          .withSources(
              new PropertiesConfigSource(file.toUri().toURL(), FILE_RANK),
              new EnvConfigSource(environment, ENVIRONMENT_RANK))
          .withConverter(Duration.class, CONVERTER_RANK, DurationText::parse)
          .withConverter(Boolean.class, CONVERTER_RANK, Configuration::trueOrFalse)
          .withConverter(Asid.class, CONVERTER_RANK, Asid::new)
          .withConverter(Path.class, CONVERTER_RANK, text -> besides(file, text))
          .withMapping(GatewayConfig.class)
          .build();
    } catch (IOException e) {
      throw new ConfigException(List.of("cannot read " + file + ": " + e.getMessage()));
    } catch (ConfigValidationException e) {
      throw new ConfigException(
          IntStream.range(0, e.getProblemCount())
              .mapToObj(i -> plain(e.getProblem(i).getMessage()))
              .toList());
    }
  }

  /** A path relative to the file's folder; null for no text, by which the library knows none. */
  private static @Nullable Path besides(Path file, String text) {
    return text.isEmpty() ? null : file.resolveSibling(text).normalize();
  }

  private static Boolean trueOrFalse(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("expected true or false, found \"" + text + "\"");
    }
    return Boolean.valueOf(text);
  }

  /** A fault as this project tells it: the key first, and none of the library's own codes. */
  private static String plain(String problem) {
    return problem
        .replaceFirst("^[a-zA-Z.]+(Exception|Error): ", "")
        .replaceFirst("^.*config property (\\S+) is required but .*$", "$1: must be set")
        .replaceFirst(
            "^.*config property (\\S+) with the config value .* whilst being converted ", "$1: ")
        .replaceFirst(
            "^(?:SRCFG\\d+: )?(\\S+) in .* does not map to any root$", "$1: no such setting")
        .replaceAll("SRCFG\\d+: ", "");
  }

  private static List<Effective> effective(SmallRyeConfig sources) {
    return StreamSupport.stream(sources.getPropertyNames().spliterator(), false)
        .filter(name -> name.startsWith(PREFIX))
        .map(sources::getConfigValue)
        .filter(value -> value.getValue() != null)
        .map(Configuration::shown)
        .sorted(Comparator.comparing(Effective::key))
        .toList();
  }

  /** A mistyped variable would be a setting that silently does not count. */
  private static Stream<String> unknownIn(Map<String, String> environment) {
    Set<String> known =
        ConfigMappings.getProperties(ConfigClass.configClass(GatewayConfig.class)).keySet().stream()
            .map(key -> key.replaceAll("[^A-Za-z0-9]", "_"))
            .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return environment.keySet().stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(VARIABLES))
        .filter(name -> !known.contains(name))
        .sorted()
        .map(name -> name + ": no such setting (README: environment)");
  }

  /** A file of settings is copied and shown around; a secret has no place in it. */
  private static Stream<String> secretsInFile(SmallRyeConfig sources) {
    return origin(sources.getConfigValue(SECRET).getSourceName()).equals("file")
        ? Stream.of(SECRET + ": a secret does not stand in this file; see cpis.store.key-file")
        : Stream.empty();
  }

  private static Effective shown(ConfigValue value) {
    boolean secret = value.getName().equals(SECRET);
    return new Effective(
        value.getName(), secret ? "(secret)" : value.getValue(), origin(value.getSourceName()));
  }

  private static String origin(@Nullable String source) {
    if (source == null) {
      return "default";
    }
    return source.startsWith("EnvConfigSource")
        ? "environment"
        : source.startsWith("PropertiesConfigSource") ? "file" : "default";
  }
}
