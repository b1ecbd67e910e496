package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairShareTest {

  private static final int NO_LIMIT = 1_000;

  @Test
  void leavesHalfFreeWhenOneSenderTakesAllItCan() {
    FairShare<String> share = new FairShare<>(8, NO_LIMIT);

    assertThat(admitted(share, "busy", 8)).isEqualTo(4);
    assertThat(share.admit("newcomer")).isTrue();
  }

  @Test
  void givesEachOfTwoSendersItsThird() {
    FairShare<String> share = new FairShare<>(9, NO_LIMIT);

    int first = 0;
    int second = 0;
    for (int i = 0; i < 9; i++) {
      first += admitted(share, "first", 1);
      second += admitted(share, "second", 1);
    }

    assertThat(first).isEqualTo(3);
    assertThat(second).isEqualTo(3);
  }

  @Test
  void holdsASenderToItsOwnLimit() {
    assertThat(admitted(new FairShare<>(100, 3), "sender", 10)).isEqualTo(3);
  }

  @Test
  void takesTheNextWhenOneIsReleased() {
    FairShare<String> share = new FairShare<>(2, NO_LIMIT);
    assertThat(share.admit("sender")).isTrue();
    assertThat(share.admit("sender")).isFalse();

    share.release("sender");

    assertThat(share.admit("sender")).isTrue();
  }

  private static int admitted(FairShare<String> share, String sender, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += share.admit(sender) ? 1 : 0;
    }
    return admitted;
  }
}
