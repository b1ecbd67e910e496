package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which accesses are shown, and for how long one keeps the same user's next ones back. */
class AccessHistoryTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void theFirstAccessOfAUserIsShown() {
    assertThat(AccessHistory.opensWindow(Optional.empty(), NOON)).isTrue();
  }

  @Test
  void aRepeatWithinTwentyFourHoursIsNotShown() {
    Instant justBefore = NOON.plus(Duration.ofHours(24)).minusMillis(1);

    assertThat(AccessHistory.opensWindow(Optional.of(NOON), justBefore)).isFalse();
  }

  @Test
  void theNextOneTwentyFourHoursLaterIsShown() {
    Instant dayLater = NOON.plus(Duration.ofHours(24));

    assertThat(AccessHistory.opensWindow(Optional.of(NOON), dayLater)).isTrue();
  }

  @Test
  void showsTheLatestTwentyFiveNewestFirst() {
    List<ShownAccess> shown = AccessHistory.shown(accesses(40), Optional.empty());

    assertThat(shown).hasSize(25);
    assertThat(shown.get(0)).isEqualTo(access(39));
    assertThat(shown.get(24)).isEqualTo(access(15));
  }

  @Test
  void theAskersOwnTakesTheLastPlaceWhenTwentyFiveNewerOnesExist() {
    List<ShownAccess> shown = AccessHistory.shown(accesses(40), Optional.of(access(2)));

    assertThat(shown).hasSize(25);
    assertThat(shown.get(24)).isEqualTo(access(2));
    assertThat(shown.get(23)).isEqualTo(access(16));
  }

  @Test
  void theAskersOwnIsNotShownTwice() {
    List<ShownAccess> shown = AccessHistory.shown(accesses(3), Optional.of(access(2)));

    assertThat(shown).containsExactly(access(2), access(1), access(0));
  }

  private static List<ShownAccess> accesses(int count) {
    return IntStream.range(0, count).mapToObj(AccessHistoryTest::access).toList();
  }

  private static ShownAccess access(int minute) {
    return new ShownAccess(
        NOON.plus(Duration.ofMinutes(minute)),
        "Dr Amara Testcase",
        new JobRole("R0260", "Consultant"),
        new Organisation(new OdsCode("RQXM1"), "Homerton"));
  }
}
