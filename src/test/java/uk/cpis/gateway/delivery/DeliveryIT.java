package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.delivery.DeliveryHouse.HACKNEY;
import static uk.cpis.gateway.delivery.DeliveryHouse.TOWER_HAMLETS;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.ACCEPTED;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.DEFERRED;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.NOT_OURS;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNDELIVERABLE;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNREACHABLE;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.queue.BrokerFault;
import uk.cpis.gateway.queue.LaneMessage;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.store.Attempt;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SmallDisk;

/** Delivery over a real store and a real broker, towards authorities that answer by script. */
class DeliveryIT {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final GivenUp LATE = new GivenUp(DeadLetterReason.UNCOLLECTED, "late", 0);

  private static final int MORE_THAN_A_CONSUMER_HOLDS = 200;

  @TempDir private static Path emptyStore;
  @TempDir private Path directory;
  private DeliveryHouse house;

  @BeforeAll
  static void makeAnEmptyStore() {
    DeliveryHouse.makeStore(emptyStore);
  }

  @BeforeEach
  void build() throws IOException {
    house = DeliveryHouse.over(emptyStore, directory);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void settlesInOrderWhatIsOwed() {
    house.open();

    List<NotificationId> owed = house.owe(50, TOWER_HAMLETS);

    awaitSettled(owed);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS)).isEqualTo(owed);
    assertThat(house.authorities.attempts(TOWER_HAMLETS))
        .extracting(Notification::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    assertThat(house.settlement(owed.get(0)).orElseThrow().at()).isEqualTo(house.clock.instant());
    awaitEmptyLane();
  }

  @Test
  void deliversWhatWasOwedBeforeItStarted() {
    house.openStoreAndLanes();
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);

    house.deliver();

    awaitSettled(owed);
  }

  @Test
  void holdsTheWholeLaneInOrderWhileTheAuthorityIsUnreachable() {
    AtomicInteger failures = new AtomicInteger(3);
    house.authorities.answer(
        TOWER_HAMLETS, each -> failures.getAndDecrement() > 0 ? UNREACHABLE : ACCEPTED);
    house.open();

    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);

    awaitSettled(owed);
    NotificationId first = owed.get(0);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS))
        .containsExactly(first, first, first, first, owed.get(1), owed.get(2));
  }

  @Test
  void saysTheSameThingOnEveryAttempt() {
    AtomicInteger failures = new AtomicInteger(2);
    house.authorities.answer(
        TOWER_HAMLETS, each -> failures.getAndDecrement() > 0 ? UNREACHABLE : ACCEPTED);
    house.open();

    awaitSettled(house.owe(1, TOWER_HAMLETS));

    assertThat(house.authorities.attempts(TOWER_HAMLETS)).hasSize(3);
    assertThat(house.authorities.attempts(TOWER_HAMLETS).stream().distinct()).hasSize(1);
  }

  @Test
  void showsWhyALaneWaitsAndWhenItIsTriedAgain() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);

    house.owe(2, TOWER_HAMLETS);

    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    LaneStatus status = house.status(TOWER_HAMLETS);
    assertThat(status.waiting()).isEqualTo(2);
    assertThat(status.lastCause()).contains("connection refused");
    assertThat(status.oldestUnsettled()).contains(house.clock.instant());
    assertThat(status.nextAttempt().orElseThrow())
        .isBetween(house.clock.instant(), house.clock.instant().plus(LONG));
    assertThat(house.status(HACKNEY).state()).isEqualTo(LaneStatus.State.FLOWING);
  }

  @Test
  void triesAWaitingLaneAtOnceWhenAsked() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(2, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.delivery().retryNow(TOWER_HAMLETS);

    awaitSettled(owed);
    await().until(() -> house.status(TOWER_HAMLETS).settledSinceStart() == 2);
    LaneStatus status = house.status(TOWER_HAMLETS);
    assertThat(status.state()).isEqualTo(LaneStatus.State.FLOWING);
    assertThat(status.lastSuccess()).contains(house.clock.instant());
  }

  @Test
  void triesAWaitingLaneWhenTheClockSaysSo() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(1, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    house.clock.advance(LONG);

    awaitSettled(owed);
  }

  @Test
  void setsOneAsideWhileTheOthersFlow() {
    house.with(DeliveryHouse.settings(LONG, 100)).openStoreAndLanes();
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    NotificationId poisoned = owed.get(1);
    house.authorities.answer(
        TOWER_HAMLETS, each -> each.id().equals(poisoned) ? DEFERRED : ACCEPTED);

    house.deliver();

    awaitSettled(List.of(owed.get(0), owed.get(2)));
    assertThat(house.settlement(poisoned)).isEmpty();
    assertThat(house.status(TOWER_HAMLETS).setAside()).isEqualTo(1);
    assertThat(house.status(TOWER_HAMLETS).state()).isEqualTo(LaneStatus.State.FLOWING);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.clock.advance(LONG);

    awaitSettled(owed);
    awaitEmptyLane();
  }

  @Test
  void keepsTheClockOfOneSetAsideAcrossARestart() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, DEFERRED);
    NotificationId setAside = house.owe(1, TOWER_HAMLETS).get(0);
    await().until(() -> house.status(TOWER_HAMLETS).setAside() == 1);

    house.close();
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.open();

    NotificationId newer = house.owe(1, TOWER_HAMLETS).get(0);
    awaitSettled(List.of(newer));
    house.clock.advance(LONG);
    awaitSettled(List.of(setAside));
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS))
        .containsExactly(setAside, newer, setAside);
  }

  @Test
  void waitsWithTheLaneWhenTooManyAreSetAside() {
    house.with(DeliveryHouse.settings(LONG, 3)).open();
    house.authorities.answer(TOWER_HAMLETS, DEFERRED);

    List<NotificationId> owed = house.owe(10, TOWER_HAMLETS);

    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    assertThat(house.status(TOWER_HAMLETS).setAside()).isEqualTo(3);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS)).isEqualTo(owed.subList(0, 3));

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.delivery().retryNow(TOWER_HAMLETS);

    awaitSettled(owed);
    assertThat(house.status(TOWER_HAMLETS).state()).isEqualTo(LaneStatus.State.FLOWING);
  }

  @Test
  void makesADeadLetterOfWhatIsRefusedForGoodAndSendsItAgainWhenAsked() {
    house.openStoreAndLanes();
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    NotificationId refused = owed.get(0);
    house.authorities.answer(
        TOWER_HAMLETS, each -> each.id().equals(refused) ? UNDELIVERABLE : ACCEPTED);
    house.deliver();
    awaitSettled(owed.subList(1, 3));

    List<DeadLetter> deadLetters = house.delivery().deadLetters().of(TOWER_HAMLETS, 10);
    assertThat(deadLetters).extracting(DeadLetter::notification).containsExactly(refused);
    assertThat(deadLetters)
        .extracting(letter -> letter.givenUp().cause())
        .containsExactly("refused: 201");
    assertThat(house.status(TOWER_HAMLETS).deadLetters()).isEqualTo(1);
    awaitEmptyLane();

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    assertThat(house.delivery().deadLetters().sendAgain(refused, OPERATOR))
        .isEqualTo(SendAgain.SENT);

    awaitSettled(owed);
    assertThat(house.delivery().deadLetters().sendAgain(refused, OPERATOR))
        .isEqualTo(SendAgain.NONE);
    assertThat(house.delivery().deadLetters().of(TOWER_HAMLETS, 10)).isEmpty();
    List<Notification> attempts = house.authorities.attempts(TOWER_HAMLETS);
    assertThat(attempts.get(3)).isEqualTo(attempts.get(0));
  }

  @Test
  void deliversADeadLetterThatWasTakenUpAgainJustBeforeTheEnd() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNDELIVERABLE);
    NotificationId refused = house.owe(1, TOWER_HAMLETS).get(0);
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == 1);
    awaitEmptyLane();
    house.stopDelivering();
    house.store().inTransaction(tx -> tx.deadLetters().takeUp(refused, house.clock.instant()));

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.deliver();

    awaitSettled(List.of(refused));
  }

  @Test
  void givesUpWhatAnUnreachableAuthorityOutlived() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    house.owe(3, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);

    house.clock.advance(Duration.ofDays(15));

    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == 3);
    assertThat(house.delivery().deadLetters().of(TOWER_HAMLETS, 10))
        .allSatisfy(letter -> assertThat(letter.givenUp().cause()).contains("connection refused"));
    List<NotificationId> newer = house.owe(1, TOWER_HAMLETS);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.delivery().retryNow(TOWER_HAMLETS);
    awaitSettled(newer);
  }

  @Test
  void triesAnOldNotificationOnceWhenItIsSentAgain() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNDELIVERABLE);
    NotificationId refused = house.owe(1, TOWER_HAMLETS).get(0);
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == 1);
    house.clock.advance(Duration.ofDays(15));

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.delivery().deadLetters().sendAgain(refused, OPERATOR);

    awaitSettled(List.of(refused));
  }

  @Test
  void settlesWhatTheAuthoritySaysIsNotItsOwn() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, NOT_OURS);

    NotificationId id = house.owe(1, TOWER_HAMLETS).get(0);

    awaitSettled(List.of(id));
    assertThat(house.settlement(id).orElseThrow().answer()).isEqualTo(AuthorityAnswer.NOT_OURS);
  }

  @Test
  void setsAsideWhatTheGatewayItselfCouldNotSend() {
    house.openStoreAndLanes();
    List<NotificationId> owed = house.owe(2, TOWER_HAMLETS);
    AtomicInteger failures = new AtomicInteger(1);
    house.authorities.answer(
        TOWER_HAMLETS,
        each -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("a fault of ours");
          }
          return ACCEPTED;
        });

    house.deliver();

    awaitSettled(owed);
  }

  @Test
  void deliversNothingTwiceWhenItEndsBetweenSettlementAndAcknowledgement() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    NotificationId id = house.owe(1, TOWER_HAMLETS).get(0);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    house.stopDelivering();
    house
        .store()
        .change(tx -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, house.clock.instant()));
    house.close();

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.open();

    awaitEmptyLane();
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS)).containsExactly(id);
  }

  @Test
  void deliversEverythingUnsettledAfterARestart() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(5, TOWER_HAMLETS);
    await().until(() -> !house.authorities.attempts(TOWER_HAMLETS).isEmpty());
    house.close();

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.open();

    awaitSettled(owed);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS))
        .endsWith(owed.toArray(NotificationId[]::new));
  }

  @Test
  void rebuildsTheLanesFromTheStoreWhenTheBrokersDataAreGone() throws IOException {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(5, TOWER_HAMLETS);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 5);
    house.close();
    house.loseTheBrokersData();

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.open();

    awaitSettled(owed);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS))
        .endsWith(owed.toArray(NotificationId[]::new));
  }

  @Test
  void bringsNothingTwiceIntoALaneThatIsWhole() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    house.owe(5, TOWER_HAMLETS);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 5);

    house.close();
    house.open();

    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 5);
  }

  @Test
  void carriesNothingTwiceWhenItEndsBetweenSendingAndTheWatermark() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(5, TOWER_HAMLETS);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 5);
    house.stopDelivering();
    house.store().change(tx -> tx.watermark().move(0));
    house.close();

    house.open();

    await().until(() -> house.store().read(tx -> tx.watermark().get()) == 5);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 5);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    awaitSettled(owed);
  }

  @Test
  void saysOnceThatALaneWentDownAndOnceThatItRecovered() {
    house.open();
    AtomicInteger failures = new AtomicInteger(5);
    house.authorities.answer(
        TOWER_HAMLETS, each -> failures.getAndDecrement() > 0 ? UNREACHABLE : ACCEPTED);

    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      awaitSettled(house.owe(3, TOWER_HAMLETS));

      assertThat(log.messages())
          .containsExactly(
              "CPG-LANE-DOWN authority=TWH cause=\"connection refused\"",
              "CPG-LANE-UP authority=TWH downSince=2026-11-20T12:00:00Z flaps=0");
    }
  }

  @Test
  void dropsALaneMessageThatTheStoreKnowsNothingOf() {
    house.openStoreAndLanes();
    NotificationId unknown = NotificationId.of(new UUID(0, 1), TOWER_HAMLETS);
    house.lanes().sendTogether(List.of(new LaneMessage(unknown, TOWER_HAMLETS, 1)));

    house.deliver();

    awaitEmptyLane();
    assertThat(house.authorities.attempts(TOWER_HAMLETS)).isEmpty();
  }

  @Test
  void letsNoStalledAuthorityHoldUpAnother() {
    CountDownLatch stall = new CountDownLatch(1);
    house.open();
    house.authorities.answer(
        TOWER_HAMLETS,
        each -> {
          waitFor(stall);
          return ACCEPTED;
        });
    List<NotificationId> stalled = house.owe(3, TOWER_HAMLETS);
    await().until(() -> house.authorities.attempts(TOWER_HAMLETS).size() == 1);

    List<NotificationId> flowing = house.owe(20, HACKNEY);

    awaitSettled(flowing);
    assertThat(house.settled(stalled)).isFalse();
    stall.countDown();
    awaitSettled(stalled);
  }

  @Test
  void feedsOthersOnWhileACallToOneThatIsSwitchedStallsAndOpensItsMailboxAfterwards() {
    CountDownLatch stall = new CountDownLatch(1);
    house.open();
    house.authorities.answer(
        TOWER_HAMLETS,
        each -> {
          waitFor(stall);
          return ACCEPTED;
        });
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    await().until(() -> house.authorities.attempts(TOWER_HAMLETS).size() == 1);

    house.switchTo(HACKNEY);
    List<NotificationId> later = house.owe(2, TOWER_HAMLETS);
    awaitSettled(house.owe(20, HACKNEY));
    assertThat(house.switched).isEmpty();
    assertThat(house.status(TOWER_HAMLETS).state()).isNotEqualTo(LaneStatus.State.MAILBOX);
    assertThat(house.delivery().working()).isTrue();

    stall.countDown();
    await().until(() -> house.switched.contains(TOWER_HAMLETS + " false"));
    assertThat(house.settled(owed.subList(0, 1))).isTrue();
    assertThat(house.collectable(TOWER_HAMLETS))
        .containsExactly(owed.get(1), owed.get(2), later.get(0), later.get(1));
    assertThat(house.lanes().lane(TOWER_HAMLETS).depth()).isZero();
    assertThat(house.status(TOWER_HAMLETS).state()).isEqualTo(LaneStatus.State.MAILBOX);
    assertThat(house.authorities.attempts(TOWER_HAMLETS)).hasSize(1);
  }

  @Test
  void deliversOnceAndInOrderToOneThatCollectedAndClosesItsMailboxBefore() {
    house.pushingOnly(TOWER_HAMLETS).open();
    List<NotificationId> owed = house.owe(4, HACKNEY);
    house.settle(owed.get(1), AuthorityAnswer.ACCEPTED);
    house.clock.advance(Duration.ofDays(14).plusSeconds(1));
    await().until(() -> house.status(HACKNEY).deadLetters() == 3);
    List<Integer> closedBefore = new CopyOnWriteArrayList<>();
    house.authorities.answer(
        HACKNEY,
        each -> {
          closedBefore.add(house.switched.size());
          return ACCEPTED;
        });

    house.switchTo(TOWER_HAMLETS, HACKNEY);
    List<NotificationId> later = house.owe(2, HACKNEY);

    awaitSettled(later);
    assertThat(house.authorities.attemptedIds(HACKNEY))
        .containsExactly(owed.get(0), owed.get(2), owed.get(3), later.get(0), later.get(1));
    assertThat(closedBefore).containsOnly(1);
    assertThat(house.switched).containsExactly(HACKNEY + " true");
    assertThat(house.status(HACKNEY).deadLetters()).isZero();

    house.switchTo();
    await().until(() -> house.switched.size() == 3);
    house.switchTo(HACKNEY, TOWER_HAMLETS);
    awaitSettled(house.owe(1, HACKNEY));
    awaitSettled(house.owe(1, TOWER_HAMLETS));
    assertThat(house.authorities.attempts(HACKNEY)).hasSize(6);
  }

  @Test
  void opensTheMailboxAgainWhenASwitchToDeliveryFailedHalfWayAndIsTakenBack() {
    house.pushingOnly(TOWER_HAMLETS).open();
    List<NotificationId> owed = house.owe(3, HACKNEY);
    house.telling(
        (authority, delivered) -> {
          if (delivered) {
            house.pushingOnly(TOWER_HAMLETS);
            BrokerFault.stop(house.lanes());
          }
        });

    house.switchTo(TOWER_HAMLETS, HACKNEY);

    await().until(() -> house.switched.equals(List.of(HACKNEY + " true", HACKNEY + " false")));
    assertThat(house.collectable(HACKNEY)).isEqualTo(owed);
    house.clock.advance(Duration.ofDays(15));
    await().until(() -> house.status(HACKNEY).deadLetters() == 3);
    assertThat(house.status(HACKNEY).state()).isEqualTo(LaneStatus.State.MAILBOX);
    assertThat(house.authorities.attempts(HACKNEY)).isEmpty();
    await().until(() -> house.delivery().switchingFor(Duration.ZERO).isEmpty());
  }

  @Test
  void feedsOthersOnWhileASwitchFailsAndTellsItOnce() {
    house.pushingOnly(TOWER_HAMLETS).open();
    List<NotificationId> owed = house.owe(2, HACKNEY);
    AtomicInteger failures = new AtomicInteger();
    AtomicBoolean failing = new AtomicBoolean(true);
    house.telling(
        (authority, delivered) -> {
          if (failing.get()) {
            failures.incrementAndGet();
            throw new IllegalStateException("it cannot be told");
          }
        });

    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.delivery")) {
      house.switchTo(TOWER_HAMLETS, HACKNEY);
      awaitSettled(house.owe(2, TOWER_HAMLETS));
      await().until(() -> failures.get() >= 3);
      assertThat(house.delivery().switchingFor(Duration.ZERO)).containsExactly(HACKNEY);
      assertThat(house.delivery().switchingFor(LONG)).isEmpty();
      failing.set(false);

      awaitSettled(owed);
      await().until(() -> house.delivery().switchingFor(Duration.ZERO).isEmpty());
      assertThat(log.messages())
          .filteredOn(each -> each.startsWith("CPG-SWITCH-FAILED authority=HCK"))
          .hasSize(1);
    }
  }

  @Test
  void beginsAsAllWereRegisteredAtOneMomentAndTellsWhoseWayWasEditedWhileItOpened() {
    house.openStoreAndLanes();
    List<NotificationId> owed = house.owe(2, HACKNEY);
    house.pushingOnly(HACKNEY);
    house.reaching(
        step -> {
          if (step == Step.LANES_CHECKED) {
            house.pushingOnly(TOWER_HAMLETS);
          }
        });

    house.deliver();

    assertThat(house.switched).containsExactly(TOWER_HAMLETS + " false");
    awaitSettled(owed);
    assertThat(house.status(HACKNEY).state()).isNotEqualTo(LaneStatus.State.MAILBOX);
    assertThat(house.status(TOWER_HAMLETS).state()).isEqualTo(LaneStatus.State.MAILBOX);

    house.delivery().waysChanged();
    await().until(() -> house.status(HACKNEY).state() == LaneStatus.State.MAILBOX);
    awaitSettled(house.owe(1, TOWER_HAMLETS));
  }

  @Test
  void leavesToTheStoreWhatAnAuthorityCollectsItself() {
    house.pushingOnly(TOWER_HAMLETS).open();

    NotificationId collected = house.owe(HACKNEY).get(0);
    awaitSettled(house.owe(1, TOWER_HAMLETS));

    assertThat(house.settlement(collected)).isEmpty();
    assertThat(house.lanes().lane(HACKNEY).depth()).isZero();
  }

  @Test
  void givesUpWhatWasNotCollectedInTimeAndOffersItOn() {
    house.pushingOnly(TOWER_HAMLETS).open();
    NotificationId old = house.owe(HACKNEY).get(0);
    house.clock.advance(Duration.ofDays(1));
    NotificationId young = house.owe(HACKNEY).get(0);

    house.clock.advance(Duration.ofDays(13).plusSeconds(1));

    await().until(() -> house.status(HACKNEY).deadLetters() == 1);
    assertThat(house.delivery().deadLetters().of(HACKNEY, 10))
        .extracting(DeadLetter::notification, letter -> letter.givenUp().cause())
        .containsExactly(tuple(old, "waited for PT336H in the mailbox without an acknowledgement"));
    LaneStatus status = house.status(HACKNEY);
    assertThat(status.state()).isEqualTo(LaneStatus.State.MAILBOX);
    assertThat(status.waiting()).isEqualTo(1);
    assertThat(status.oldestUnsettled())
        .contains(house.clock.instant().minus(Duration.ofDays(14).plusSeconds(1)));
    assertThat(house.delivery().deadLetters().sendAgain(old, OPERATOR))
        .isEqualTo(SendAgain.COLLECTED);
    assertThat(house.collectable(HACKNEY)).containsExactly(old, young);

    house.settle(old, AuthorityAnswer.ACCEPTED);

    assertThat(house.status(HACKNEY).deadLetters()).isZero();
    assertThat(house.status(HACKNEY).settledSinceStart()).isEqualTo(1);
    assertThat(house.collectable(HACKNEY)).containsExactly(young);
  }

  @Test
  void bringsTheMailboxToItsEndInTimeAfterARestartToo() {
    house.pushingOnly(TOWER_HAMLETS).open();
    house.owe(3, HACKNEY);
    house.close();
    house.clock.advance(Duration.ofDays(15));

    house.open();

    await().until(() -> house.status(HACKNEY).deadLetters() == 3);
  }

  @Test
  void emptiesTheLaneOfAnAuthorityThatCollectsFromNowOn() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(
        HACKNEY,
        each -> each.number() == 1 ? UNDELIVERABLE : each.number() < 4 ? DEFERRED : UNREACHABLE);
    List<NotificationId> owed = house.owe(6, HACKNEY);
    await().until(() -> house.status(HACKNEY).state() == LaneStatus.State.OPEN);
    house.close();
    int attempts = house.authorities.attemptedIds(HACKNEY).size();

    house.pushingOnly(TOWER_HAMLETS).open();

    await().until(() -> house.lanes().lane(HACKNEY).depth() == 0);
    assertThat(house.collectable(HACKNEY)).isEqualTo(owed);
    assertThat(house.status(HACKNEY).deadLetters()).isEqualTo(1);
    Optional<Attempt> attempt = house.store().read(tx -> tx.attempts().find(owed.get(1)));
    assertThat(attempt).isEmpty();
    awaitSettled(house.owe(1, TOWER_HAMLETS));
    assertThat(house.authorities.attemptedIds(HACKNEY)).hasSize(attempts);
  }

  @Test
  void deliversOnceAndInOrderWhatAnAuthorityHadNotCollectedWhenItIsSwitchedToDelivery() {
    house.pushingOnly(TOWER_HAMLETS).open();
    List<NotificationId> owed = house.owe(5, HACKNEY);
    house.settle(owed.get(1), AuthorityAnswer.ACCEPTED);
    house.clock.advance(Duration.ofDays(15));
    await().until(() -> house.status(HACKNEY).deadLetters() == 4);
    List<NotificationId> all = new ArrayList<>(owed);
    all.addAll(house.owe(2, HACKNEY));
    house.close();

    house.pushingOnly(TOWER_HAMLETS, HACKNEY).open();
    all.addAll(house.owe(1, HACKNEY));

    awaitSettled(all);
    all.remove(owed.get(1));
    assertThat(house.authorities.attemptedIds(HACKNEY)).isEqualTo(all);
    assertThat(house.status(HACKNEY).deadLetters()).isZero();
    await().until(() -> house.lanes().lane(HACKNEY).depth() == 0);
  }

  @Test
  void losesNothingWhenASwitchThereAndBackIsCutShortEachTime() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(HACKNEY, UNREACHABLE);
    List<NotificationId> owed = house.owe(4, HACKNEY);
    await().until(() -> house.lanes().lane(HACKNEY).depth() == 4);
    house.close();
    // as if the process had ended after sending, before it could note how far it had come
    house.openStoreAndLanes();
    house.store().change(tx -> tx.watermark().move(0));
    // and the next process ends when the lane is empty
    house.switchToCollection(HACKNEY);
    // the broker counts what it took out when that is on disk
    await().until(() -> house.lanes().lane(HACKNEY).depth() == 0);
    house.close();

    house.authorities.answer(HACKNEY, ACCEPTED);
    int before = house.authorities.attemptedIds(HACKNEY).size();
    house.pushingOnly(TOWER_HAMLETS, HACKNEY).open();

    awaitSettled(owed);
    List<NotificationId> attempts = house.authorities.attemptedIds(HACKNEY);
    assertThat(attempts.subList(before, attempts.size())).isEqualTo(owed);
  }

  @Test
  void goesOnWithASwitchToDeliveryThatWasCutShort() {
    house.pushingOnly(TOWER_HAMLETS).open();
    List<NotificationId> owed = house.owe(3, HACKNEY);
    await().until(() -> house.store().read(tx -> tx.watermark().get()) == 3);
    house.close();
    // the way was noted, and the process ended before anything was in the lane
    house.openStoreAndLanes();
    house.store().change(tx -> tx.authorities().notePushed(HACKNEY, true));
    house.close();

    house.pushingOnly(TOWER_HAMLETS, HACKNEY).open();

    awaitSettled(owed);
    assertThat(house.authorities.attemptedIds(HACKNEY)).isEqualTo(owed);
  }

  @Test
  void makesNoDeadLetterOfWhatIsSettledAtTheSameMoment() {
    house.pushingOnly(TOWER_HAMLETS).open();
    NotificationId id = house.owe(HACKNEY).get(0);
    house.settle(id, AuthorityAnswer.ACCEPTED);

    boolean given =
        house
            .store()
            .inTransaction(tx -> tx.deadLetters().add(id, HACKNEY, LATE, house.clock.instant()));

    assertThat(given).isFalse();
    assertThat(house.delivery().deadLetters().of(HACKNEY, 10)).isEmpty();
  }

  @Test
  void carriesOnByItselfWhenTheBrokerStopped() {
    house.open();
    awaitSettled(house.owe(2, TOWER_HAMLETS));

    BrokerFault.stop(house.lanes());
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);

    awaitSettled(owed);
  }

  @Test
  void noticesThatTheBrokerStoppedAlsoWhenNothingIsNewlyOwed() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 3);

    BrokerFault.stop(house.lanes());

    await().until(() -> house.lanes().running());
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    awaitSettled(owed);
  }

  @Test
  void carriesOnByItselfWhenTheJournalsDiskFilledWhileTheGatewayRan() {
    try (SmallDisk disk = SmallDisk.mounted(house.brokerFolder(), 120)) {
      house.open();
      house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
      List<NotificationId> before = house.owe(3, TOWER_HAMLETS);
      await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 3);

      BrokerFault.runInto(house.lanes(), disk);
      List<NotificationId> meanwhile = house.owe(2, TOWER_HAMLETS);
      assertThat(house.settled(before)).isFalse();
      disk.empty();
      house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

      awaitSettled(before);
      awaitSettled(meanwhile);
      house.close();
    }
  }

  @Test
  void deliversWhatTheDiskAlteredInALaneWhileTheGatewayRuns() {
    house.open();
    CountDownLatch altered = new CountDownLatch(1);
    house.authorities.answer(
        TOWER_HAMLETS,
        each -> {
          waitFor(altered);
          return ACCEPTED;
        });
    List<NotificationId> owed = house.owe(MORE_THAN_A_CONSUMER_HOLDS, TOWER_HAMLETS);
    await().until(() -> BrokerFault.alterLast(house.lanes(), TOWER_HAMLETS));

    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.queue")) {
      altered.countDown();
      awaitSettled(owed);
      assertThat(log.messages()).anyMatch(line -> line.startsWith("CPG-LANE-DAMAGED"));
    }
  }

  @Test
  void comparesTheLanesWhenTheBrokerStartedAndTheyCouldNotBeMadeAtOnce() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    await().until(() -> !house.authorities.attempts(TOWER_HAMLETS).isEmpty());

    BrokerFault.startWithoutLanes(house.lanes(), house.brokerFolder());
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    List<NotificationId> newer = house.owe(1, TOWER_HAMLETS);

    awaitSettled(newer);
    awaitSettled(owed);
  }

  @Test
  void closesWithoutWaitingForALaneThatRetries() {
    house.with(DeliveryHouse.settings(LONG, 100)).open();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    house.owe(1, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);

    long start = System.nanoTime();
    house.stopDelivering();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitSettled(List<NotificationId> ids) {
    await().until(() -> house.settled(ids));
  }

  private void awaitEmptyLane() {
    await().until(() -> house.lanes().lane(TOWER_HAMLETS).depth() == 0);
  }
}
