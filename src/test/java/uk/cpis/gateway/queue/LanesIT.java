package uk.cpis.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

class LanesIT {

  private static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  private static final OdsCode HACKNEY = new OdsCode("HCK");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration NOW = Duration.ZERO;
  private static final Duration A_MOMENT = Duration.ofMillis(200);

  @TempDir private Path directory;
  private Lanes lanes;

  @BeforeEach
  void open() {
    lanes = Lanes.open(QueueSettings.in(directory), Set.of(TOWER_HAMLETS, HACKNEY));
  }

  @AfterEach
  void close() {
    lanes.close();
  }

  @Test
  void deliversEachLanesMessagesInTheirOrder() {
    lanes.sendTogether(List.of(owed(1), owed(2, HACKNEY), owed(3)));

    assertThat(takeNumbers(TOWER_HAMLETS, 2)).containsExactly(1L, 3L);
    assertThat(takeNumbers(HACKNEY, 1)).containsExactly(2L);
  }

  @Test
  void carriesTheIdsUnchanged() {
    LaneMessage message = owed(7);

    lanes.sendTogether(List.of(message));

    LaneDelivery delivery = take(TOWER_HAMLETS);
    assertThat(delivery.id()).isEqualTo(message.id());
    assertThat(delivery.owedNumber()).isEqualTo(7);
  }

  @Test
  void keepsItsMessagesAcrossARestart() {
    lanes.sendTogether(List.of(owed(1), owed(2)));

    restart();

    awaitDepth(2);
    assertThat(takeNumbers(TOWER_HAMLETS, 2)).containsExactly(1L, 2L);
  }

  @Test
  void dropsWhatIsSentASecondTime() {
    lanes.sendTogether(List.of(owed(1)));

    lanes.sendTogether(List.of(owed(1)));

    awaitDepth(1);
  }

  @Test
  void sendsTheRestOfATransactionThatHoldsDuplicates() {
    lanes.sendTogether(List.of(owed(1), owed(2)));

    lanes.sendTogether(List.of(owed(2), owed(3), owed(4, HACKNEY)));

    assertThat(takeNumbers(TOWER_HAMLETS, 3)).containsExactly(1L, 2L, 3L);
    assertThat(takeNumbers(HACKNEY, 1)).containsExactly(4L);
  }

  @Test
  void recognisesDuplicatesAfterARestart() {
    lanes.sendTogether(List.of(owed(1), owed(2)));
    takeNumbers(TOWER_HAMLETS, 2);

    restart();
    lanes.sendTogether(List.of(owed(1), owed(2), owed(3)));

    assertThat(takeNumbers(TOWER_HAMLETS, 1)).containsExactly(3L);
    assertThat(lanes.lane(TOWER_HAMLETS).take(A_MOMENT)).isEmpty();
  }

  @Test
  void sendsAgainWhatLeftTheLane() {
    lanes.sendTogether(List.of(owed(1)));
    takeNumbers(TOWER_HAMLETS, 1);

    lanes.sendAgain(List.of(owed(1)));

    assertThat(takeNumbers(TOWER_HAMLETS, 1)).containsExactly(1L);
  }

  @Test
  void keepsAMessageThatIsSetAsideWhileItsFollowersAreAcknowledged() {
    lanes.sendTogether(List.of(owed(1), owed(2), owed(3)));
    LaneDelivery setAside = take(TOWER_HAMLETS);
    take(TOWER_HAMLETS).acknowledge();
    take(TOWER_HAMLETS).acknowledge();
    awaitDepth(1);

    restart();

    LaneDelivery again = take(TOWER_HAMLETS);
    assertThat(again.id()).isEqualTo(setAside.id());
    again.acknowledge();
    awaitDepth(0);
  }

  @Test
  void givesWhatWasNotAcknowledgedBackInItsOldOrder() {
    lanes.sendTogether(List.of(owed(1), owed(2), owed(3), owed(4)));
    take(TOWER_HAMLETS);
    take(TOWER_HAMLETS).acknowledge();
    take(TOWER_HAMLETS);

    lanes.lane(TOWER_HAMLETS).release();

    assertThat(takeNumbers(TOWER_HAMLETS, 3)).containsExactly(1L, 3L, 4L);
  }

  @Test
  void acknowledgesAMessageLongAfterManyOthers() {
    sendMany(500);
    LaneDelivery first = take(TOWER_HAMLETS);
    takeNumbers(TOWER_HAMLETS, 499);

    first.acknowledge();

    awaitDepth(0);
  }

  @Test
  void showsTheNumbersThatWaitWithoutTakingThem() {
    lanes.sendTogether(List.of(owed(5), owed(3), owed(9)));

    awaitNumbers(lanes, 3, 5, 9);
    awaitDepth(3);
  }

  @Test
  void keepsOnDiskWhatIsMoreThanItsMemory() {
    lanes.close();
    QueueSettings small = new QueueSettings(directory, Duration.ofSeconds(10), 20_000, 100_000);
    lanes = Lanes.open(small, Set.of());
    sendMany(2_000);

    awaitNumbers(lanes, LongStream.range(0, 2_000).toArray());
    assertThat(takeNumbers(TOWER_HAMLETS, 2_000))
        .containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
  }

  @Test
  void takesNothingFromAnEmptyLane() {
    assertThat(lanes.lane(TOWER_HAMLETS).take(NOW)).isEmpty();
  }

  @Test
  void endsARunningTakeWhenTheLaneIsReleased() throws InterruptedException {
    Lane lane = lanes.lane(TOWER_HAMLETS);
    lane.take(NOW);
    Thread taking = new Thread(() -> lane.take(Duration.ofMinutes(5)));
    taking.start();
    await().until(() -> taking.getState() == Thread.State.TIMED_WAITING);

    lane.release();

    taking.join(SOON.toMillis());
    assertThat(taking.isAlive()).isFalse();
  }

  @Test
  void givesTheDirectoryBackWhenALaneCannotBeMadeAtTheStart() {
    lanes.close();
    Set<OdsCode> impossible = new HashSet<>();
    impossible.add(null);

    assertThatThrownBy(() -> Lanes.open(QueueSettings.in(directory), impossible))
        .isInstanceOf(RuntimeException.class)
        .hasNoSuppressedExceptions();

    lanes = Lanes.open(QueueSettings.in(directory), Set.of(TOWER_HAMLETS));
    assertThat(lanes.running()).isTrue();
  }

  @Test
  void refusesASecondBrokerOnTheSameDirectory() {
    assertThatThrownBy(() -> Lanes.open(QueueSettings.in(directory), Set.of()))
        .isInstanceOf(QueueException.class)
        .hasMessageContaining("is in use in this process");
  }

  @Test
  void runsBesideAnotherBrokerInTheSameProcess(@TempDir Path other) {
    try (Lanes others = Lanes.open(QueueSettings.in(other), Set.of())) {
      lanes.sendTogether(List.of(owed(1)));
      others.sendTogether(List.of(owed(2)));

      awaitNumbers(others, 2);
      awaitNumbers(lanes, 1);
    }
  }

  @Test
  void saysSoWhenTheBrokerHasStopped() {
    lanes.check();

    BrokerFault.stop(lanes);

    assertThatThrownBy(() -> lanes.check()).hasMessageContaining("it has stopped");
    assertThatThrownBy(() -> lanes.sendTogether(List.of(owed(1))))
        .isInstanceOf(QueueException.class);
    assertThatThrownBy(() -> lanes.lane(TOWER_HAMLETS).take(NOW))
        .isInstanceOf(QueueException.class);
  }

  @Test
  void revivesAStoppedBrokerWithWhatItsLanesHeld() {
    lanes.sendTogether(List.of(owed(1), owed(2)));
    LaneDelivery inHand = take(TOWER_HAMLETS);
    BrokerFault.stop(lanes);
    assertThatThrownBy(inHand::acknowledge).isInstanceOf(QueueException.class);
    assertThatThrownBy(() -> lanes.lane(TOWER_HAMLETS).take(SOON))
        .isInstanceOf(QueueException.class);

    assertThat(lanes.revive()).isTrue();

    lanes.sendTogether(List.of(owed(2), owed(3)));
    assertThat(takeNumbers(TOWER_HAMLETS, 3)).containsExactly(1L, 2L, 3L);
    lanes.check();
    assertThat(lanes.revive()).isFalse();
  }

  @Test
  void makesItsLanesAlsoWhenTheyCouldNotBeMadeWhenTheBrokerStarted() {
    BrokerFault.startWithoutLanes(lanes, directory);
    assertThat(lanes.running()).isFalse();

    assertThat(lanes.revive()).isTrue();

    assertThat(lanes.running()).isTrue();
    lanes.check();
    lanes.sendTogether(List.of(owed(1)));
    assertThat(takeNumbers(TOWER_HAMLETS, 1)).containsExactly(1L);
  }

  @Test
  void keepsWhatWasPutAsideUntilABrokerHasStartedWithoutIt(@TempDir Path other) throws IOException {
    Path aside = other.resolve("damaged").resolve("bindings").resolve("evidence");
    Path evidence = other.resolve("bindings").resolve("evidence");
    Files.createDirectories(evidence.getParent());
    Files.writeString(evidence, "of what went wrong");
    Path journal = other.resolve("journal");
    Files.createSymbolicLink(journal, Path.of("/no/such/disk"));

    try (Lanes down = Lanes.open(QueueSettings.in(other), Set.of(TOWER_HAMLETS))) {
      assertThat(down.running()).isFalse();
      assertThatThrownBy(down::revive).isInstanceOf(QueueException.class);
      assertThat(aside).exists();
    }
    try (Lanes up = Lanes.open(QueueSettings.in(other), Set.of(TOWER_HAMLETS))) {
      assertThat(up.running()).isFalse();
      Files.delete(journal);

      assertThat(up.revive()).isTrue();

      assertThat(aside).exists();
      up.sendTogether(List.of(owed(1)));
    }
    try (Lanes again = Lanes.open(QueueSettings.in(other), Set.of(TOWER_HAMLETS))) {
      awaitNumbers(again, 1);
    }
  }

  @Test
  void staysClosedOnceItIsClosed() {
    lanes.close();

    assertThat(lanes.revive()).isFalse();
  }

  /** Sends messages numbered from 0, in as few calls as may be. */
  private void sendMany(int count) {
    for (int from = 0; from < count; from += Lanes.MOST_TOGETHER) {
      lanes.sendTogether(
          LongStream.range(from, Math.min(count, from + Lanes.MOST_TOGETHER))
              .mapToObj(LanesIT::owed)
              .toList());
    }
  }

  private void restart() {
    lanes.close();
    lanes = Lanes.open(QueueSettings.in(directory), Set.of());
  }

  private void awaitDepth(long depth) {
    await().untilAsserted(() -> assertThat(lanes.lane(TOWER_HAMLETS).depth()).isEqualTo(depth));
  }

  private LaneDelivery take(OdsCode authority) {
    return lanes.lane(authority).take(SOON).orElseThrow();
  }

  /** Takes and acknowledges so many. */
  private List<Long> takeNumbers(OdsCode authority, int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> take(authority))
        .peek(LaneDelivery::acknowledge)
        .map(LaneDelivery::owedNumber)
        .toList();
  }

  private static void awaitNumbers(Lanes lanes, long... numbers) {
    await()
        .untilAsserted(
            () -> assertThat(lanes.lane(TOWER_HAMLETS).waitingNumbers()).containsExactly(numbers));
  }

  private static LaneMessage owed(long number) {
    return owed(number, TOWER_HAMLETS);
  }

  private static LaneMessage owed(long number, OdsCode authority) {
    return new LaneMessage(NotificationId.of(new UUID(0, number), authority), authority, number);
  }
}
