package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;

class LaneConditionTest {

  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final Duration CALM = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final LaneCondition lane =
      new LaneCondition(
          new OdsCode("TWH"),
          new RetrySchedule(new RetrySettings(WAIT, WAIT, 0), new Random(7)),
          CALM,
          clock,
          new DeliveryLog());

  @Test
  void anAuthorityThatComesAndGoesEveryThreeSecondsIsToldOnceAndSoIsItsRecovery() {
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      for (int i = 0; i < 200; i++) {
        lane.failed("the connection is refused");
        clock.advance(Duration.ofSeconds(3));
        lane.settled();
        clock.advance(Duration.ofSeconds(3));
        lane.look();
      }
      assertThat(log.messages())
          .containsExactly("CPG-LANE-DOWN authority=TWH cause=\"the connection is refused\"");

      clock.advance(CALM);
      lane.look();

      assertThat(log.messages().subList(1, log.messages().size()))
          .containsExactly("CPG-LANE-UP authority=TWH downSince=2026-11-20T12:00:00Z flaps=199");
      assertThat(lane.badSince()).isEmpty();
    }
  }

  @Test
  void aQueueThatIsDownIsTheCauseOfEveryLaneAndToldByNone() {
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      trouble(Trouble.QUEUE);
      for (int i = 0; i < 10; i++) {
        trouble(Trouble.QUEUE_DOWN);
      }
      assertThat(lane.lastCause()).contains("the gateway's queue is down");
      assertThat(lane.state()).isEqualTo(LaneStatus.State.OPEN);

      lane.untroubled();

      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void aTroubleOfOneLaneIsToldOnceAndSoIsItsEnd() {
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      for (int i = 0; i < 10; i++) {
        trouble(Trouble.QUEUE);
      }
      lane.untroubled();
      lane.untroubled();
      trouble(Trouble.STORE);

      assertThat(log.messages())
          .containsExactly(
              "CPG-LANE-TROUBLED authority=TWH"
                  + " cause=\"the gateway's queue failed this lane: gone\"",
              "CPG-LANE-TROUBLED-OVER authority=TWH",
              "CPG-LANE-TROUBLED authority=TWH cause=\"the gateway's store failed: gone\"");
    }
  }

  private void trouble(Trouble what) {
    lane.troubled(what, new IllegalStateException("gone"));
  }

  @Test
  void anAuthorityThatIsThereAndTakesNothingIsToldOnceAfterTenAttempts() {
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      deferred(9);
      lane.settled();
      deferred(9);
      assertThat(log.messages()).isEmpty();

      deferred(100);
      assertThat(log.messages()).containsExactly("CPG-LANE-DOWN authority=TWH cause=\"HTTP 500\"");
      assertThat(lane.badSince()).isPresent();
      assertThat(lane.state()).isEqualTo(LaneStatus.State.FLOWING);

      lane.settled();
      clock.advance(CALM);
      lane.look();
      assertThat(log.messages().subList(1, log.messages().size()))
          .containsExactly("CPG-LANE-UP authority=TWH downSince=2026-11-20T12:00:00Z flaps=0");
    }
  }

  private void deferred(int times) {
    for (int i = 0; i < times; i++) {
      lane.deferred("HTTP 500");
    }
  }

  @Test
  void flowsFromTheFirstAnswerOnAndHasRecoveredAWhileLater() {
    lane.failed("the connection is refused");
    assertThat(lane.state()).isEqualTo(LaneStatus.State.OPEN);

    lane.calling(true);
    assertThat(lane.state()).isEqualTo(LaneStatus.State.PROBING);
    lane.calling(false);
    lane.settled();

    assertThat(lane.state()).isEqualTo(LaneStatus.State.FLOWING);
    assertThat(lane.pause()).isEmpty();
    assertThat(lane.badSince()).isPresent();
    assertThat(lane.nextLook()).isPresent();
  }

  @Test
  void neitherAClockFarAheadNorOneSetBackKeepsALaneWaitingLongerThanTheLongestWait() {
    lane.failed("the connection is refused");
    clock.advance(Duration.ofDays(-400));

    assertThat(lane.pause().orElseThrow().remaining(clock)).isLessThanOrEqualTo(WAIT);

    clock.advance(Duration.ofDays(800));
    assertThat(lane.pause()).isEmpty();
  }

  @Test
  void isProvenByAnAnswerForGoodAndNoLongerAfterAFailure() {
    assertThat(lane.proven()).isFalse();
    lane.deferred("fault 200");
    assertThat(lane.proven()).isFalse();

    lane.settled();
    assertThat(lane.proven()).isTrue();
    assertThat(lane.takeProvenAnew()).isTrue();
    assertThat(lane.takeProvenAnew()).isFalse();

    lane.failed("the connection is refused");
    assertThat(lane.proven()).isFalse();
    lane.settled();
    assertThat(lane.takeProvenAnew()).isTrue();
  }
}
