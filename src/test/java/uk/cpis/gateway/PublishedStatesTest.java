package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.NotificationState;

/** Holds what is published of a notification's states to the code. */
class PublishedStatesTest {

  private static final Set<String> STATES =
      Arrays.stream(NotificationState.values())
          .map(PublishedStatesTest::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z ]+) \\|([a-z, ]*)\\|.*$");
  private static final Pattern LINE = Pattern.compile("(?m)^ +([a-z ]+): ([a-z, ]+)$");

  @Test
  void theReadmeTellsTheTransitionsThatThereAre() throws IOException {
    assertThat(published("README.md", ROW)).isEqualTo(transitions());
  }

  @Test
  void theDecisionTellsTheTransitionsThatThereAre() throws IOException {
    assertThat(published("src/adr/0015-lanes-and-alerts.md", ROW)).isEqualTo(transitions());
  }

  @Test
  void theContractTellsTheAuthoritiesTheTransitionsThatThereAre() throws IOException {
    assertThat(published("wsdl/notification.wsdl", LINE)).isEqualTo(transitions());
  }

  private static Map<String, Set<String>> transitions() {
    Map<String, Set<String>> transitions = new TreeMap<>();
    for (NotificationState state : NotificationState.values()) {
      transitions.put(
          name(state),
          state.next().stream()
              .map(PublishedStatesTest::name)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return transitions;
  }

  private static Map<String, Set<String>> published(String file, Pattern row) throws IOException {
    Map<String, Set<String>> published = new TreeMap<>();
    Matcher rows = row.matcher(Files.readString(Path.of(file)));
    while (rows.find()) {
      if (STATES.contains(rows.group(1))) {
        published.put(rows.group(1), next(rows.group(2).strip()));
      }
    }
    return published;
  }

  private static Set<String> next(String list) {
    return Stream.of(list.split(", "))
        .filter(each -> !each.isEmpty() && !each.equals("final"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(NotificationState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
