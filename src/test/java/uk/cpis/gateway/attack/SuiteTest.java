package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SuiteTest {

  @Test
  void knowsManyAttacksAndSomeOfEachClass() {
    Map<String, Long> ofEach =
        Suite.all().stream().collect(Collectors.groupingBy(Attack::group, Collectors.counting()));

    assertThat(Suite.all()).hasSizeGreaterThanOrEqualTo(400);
    assertThat(ofEach).hasSize(14);
    assertThat(ofEach.values()).allMatch(count -> count >= 5);
  }

  @Test
  void knowsEachAttackByAName() {
    assertThat(Suite.all()).extracting(Attack::toString).doesNotHaveDuplicates();
  }
}
