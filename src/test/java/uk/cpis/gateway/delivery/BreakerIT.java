package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.delivery.DeliveryHouse.TOWER_HAMLETS;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.ACCEPTED;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.DEFERRED;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNDELIVERABLE;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNREACHABLE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.store.Attempt;

/** What reaches an authority that is down or comes back, over a real store and a real broker. */
class BreakerIT {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private static Path emptyStore;
  @TempDir private Path directory;
  private DeliveryHouse house;

  @BeforeAll
  static void makeAnEmptyStore() {
    DeliveryHouse.makeStore(emptyStore);
  }

  @BeforeEach
  void build() throws IOException {
    house = DeliveryHouse.over(emptyStore, directory).with(DeliveryHouse.settings(LONG, 100));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void neverCallsAnAuthorityThatIsDownMoreThanOnceAtATimeAndOnceForEachLook() {
    house.open();
    house.authorities.answer(TOWER_HAMLETS, DEFERRED);
    house.owe(5, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).setAside() == 5);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Semaphore mayEnd = new Semaphore(0);
    house.authorities.answer(
        TOWER_HAMLETS,
        each -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          calls.incrementAndGet();
          mayEnd.acquireUninterruptibly();
          underWay.decrementAndGet();
          return UNREACHABLE;
        });
    house.owe(5, TOWER_HAMLETS);

    for (int look = 1; look <= 3; look++) {
      int expected = look;
      await().until(() -> triedAtOnce(calls, expected));
      if (look > 1) {
        assertThat(house.status(TOWER_HAMLETS).state()).isEqualTo(LaneStatus.State.PROBING);
      }
      // all that is set aside is due, and an operator is in a hurry while the call is on its way
      house.clock.advance(LONG);
      house.delivery().retryNow(TOWER_HAMLETS);
      mayEnd.release();
      await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
      assertThat(calls).hasValue(look);
    }

    await().until(() -> triedAtOnce(calls, 4));
    mayEnd.release(100);
    assertThat(most).hasValue(1);
  }

  private boolean triedAtOnce(AtomicInteger calls, int expected) {
    if (calls.get() < expected) {
      house.delivery().retryNow(TOWER_HAMLETS);
    }
    return calls.get() == expected;
  }

  @Test
  void takesUpWhatWasInEveryStateAfterARestartAndKeepsTheClockOfWhatWasSetAside() {
    house.openStoreAndLanes();
    List<NotificationId> owed = house.owe(3, TOWER_HAMLETS);
    NotificationId refused = owed.get(0);
    NotificationId aside = owed.get(1);
    house.authorities.answer(
        TOWER_HAMLETS,
        each ->
            each.id().equals(refused)
                ? UNDELIVERABLE
                : each.id().equals(aside) ? DEFERRED : UNREACHABLE);
    house.deliver();
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    Attempt kept = house.store().read(tx -> tx.attempts().find(aside)).orElseThrow();
    house.stopDelivering();
    NotificationId neverInALane = house.owe(1, TOWER_HAMLETS).get(0);
    house.close();
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    int before = house.authorities.attemptedIds(TOWER_HAMLETS).size();

    house.open();

    await().until(() -> house.settled(List.of(owed.get(2), neverInALane)));
    assertThat(house.settled(List.of(aside))).isFalse();
    assertThat(house.store().read(tx -> tx.attempts().find(aside)).orElseThrow()).isEqualTo(kept);
    assertThat(house.delivery().deadLetters().find(refused)).isPresent();

    house.clock.advance(LONG);
    await().until(() -> house.settled(List.of(aside)));
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(before, attempts.size()))
        .containsExactly(owed.get(2), neverInALane, aside);
  }

  @Test
  void aClockThatWasFarAheadBeforeARestartKeepsNothingWaitingLongerThanTheLongestWait() {
    house.open();
    house.clock.advance(Duration.ofDays(400));
    house.authorities.answer(TOWER_HAMLETS, DEFERRED);
    NotificationId aside = house.owe(1, TOWER_HAMLETS).get(0);
    await().until(() -> house.status(TOWER_HAMLETS).setAside() == 1);
    house.close();
    house.clock.advance(Duration.ofDays(-400));
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    house.open();
    await().until(() -> house.status(TOWER_HAMLETS).setAside() == 1);
    house.clock.advance(LONG);

    await().until(() -> house.settled(List.of(aside)));
  }
}
