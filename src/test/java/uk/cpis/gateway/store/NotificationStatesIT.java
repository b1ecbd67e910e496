package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationState;

/** The store lets a notification take the published transitions and no others. */
class NotificationStatesIT {

  private static final GivenUp REFUSED = new GivenUp(DeadLetterReason.REFUSED, "fault 201", 1);

  @TempDir private Path directory;
  private Store store;

  /** All that is ever done to a notification. */
  private static final Map<String, BiConsumer<Transaction, NotificationId>> DEEDS = deeds();

  private static Map<String, BiConsumer<Transaction, NotificationId>> deeds() {
    Map<String, BiConsumer<Transaction, NotificationId>> deeds = new TreeMap<>();
    deeds.put("accept", (tx, id) -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, NOON));
    deeds.put("disown", (tx, id) -> tx.settlements().settle(id, AuthorityAnswer.NOT_OURS, NOON));
    deeds.put("give up", (tx, id) -> tx.deadLetters().add(id, TOWER_HAMLETS, REFUSED, NOON));
    deeds.put("send again", (tx, id) -> tx.deadLetters().takeUp(id, NOON));
    deeds.put("carry", (tx, id) -> tx.watermark().move(Long.MAX_VALUE));
    deeds.put("set aside", (tx, id) -> tx.attempts().put(new Attempt(id, 1, NOON, "fault 200")));
    deeds.put(
        "switch to collection", (tx, id) -> tx.authorities().notePushed(TOWER_HAMLETS, false));
    return deeds;
  }

  @BeforeEach
  void open() {
    store = Examples.withAuthorities(Examples.open(directory));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyDeedInEveryStateLeadsWhereTheTableSaysAndEveryTransitionOfTheTableHappens() {
    Map<NotificationState, Set<NotificationState>> seen = new TreeMap<>();
    for (NotificationState from : NotificationState.values()) {
      seen.put(from, new TreeSet<>());
      DEEDS.forEach(
          (name, deed) -> {
            NotificationId id = in(from);
            store.change(tx -> deed.accept(tx, id));
            NotificationState to = state(id);
            if (to != from) {
              seen.get(from).add(to);
            }
          });
    }

    Map<NotificationState, Set<NotificationState>> table = new TreeMap<>();
    Arrays.stream(NotificationState.values())
        .forEach(from -> table.put(from, new TreeSet<>(from.next())));
    assertThat(seen).isEqualTo(table);
  }

  @Test
  void whatIsSettledIsNoDeadLetterAndNeitherSetAsideNorSettledOtherwise() {
    NotificationId id = in(NotificationState.ACCEPTED);

    assertThat(
            store.<Boolean>inTransaction(
                tx -> tx.settlements().settle(id, AuthorityAnswer.NOT_OURS, NOON.plusSeconds(1))))
        .isFalse();
    assertThat(
            store.<Boolean>inTransaction(
                tx -> tx.deadLetters().add(id, TOWER_HAMLETS, REFUSED, NOON)))
        .isFalse();
    Optional<Settlement> settlement = store.read(tx -> tx.settlements().find(id));
    assertThat(settlement).contains(new Settlement(id, AuthorityAnswer.ACCEPTED, NOON));
    Optional<?> letter = store.read(tx -> tx.deadLetters().find(id));
    assertThat(letter).isEmpty();
  }

  @RepeatedTest(5)
  void whoeverSettlesGivesUpAndSendsAgainAtOnceLeavesItSettledAndNothingElse() {
    NotificationId id = in(NotificationState.IN_LANE);

    atOnce(
        List.of(
            tx -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, NOON),
            tx -> tx.settlements().settle(id, AuthorityAnswer.NOT_OURS, NOON),
            tx -> tx.deadLetters().add(id, TOWER_HAMLETS, REFUSED, NOON),
            tx -> tx.deadLetters().takeUp(id, NOON),
            tx -> tx.deadLetters().add(id, TOWER_HAMLETS, REFUSED, NOON),
            tx -> tx.deadLetters().takeUp(id, NOON)));

    assertThat(state(id)).isIn(NotificationState.ACCEPTED, NotificationState.NOT_OURS);
    Optional<?> letter = store.read(tx -> tx.deadLetters().find(id));
    assertThat(letter).isEmpty();
    Optional<?> attempt = store.read(tx -> tx.attempts().find(id));
    assertThat(attempt).isEmpty();
  }

  @RepeatedTest(3)
  void aDeadLetterThatIsSentAgainBySeveralAtOnceIsTakenUpOnce() {
    NotificationId id = in(NotificationState.DEAD_LETTER);
    List<OwedReference> taken = new ArrayList<>();
    Consumer<Transaction> takeUp =
        tx -> {
          Optional<OwedReference> mine = tx.deadLetters().takeUp(id, NOON);
          synchronized (taken) {
            mine.ifPresent(taken::add);
          }
        };

    atOnce(List.of(takeUp, takeUp, takeUp, takeUp));

    assertThat(taken).hasSize(1);
    assertThat(state(id)).isEqualTo(NotificationState.IN_LANE);
  }

  private void atOnce(List<Consumer<Transaction>> deeds) {
    CyclicBarrier together = new CyclicBarrier(deeds.size());
    ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
    try {
      deeds.stream()
          .map(deed -> CompletableFuture.runAsync(() -> change(together, deed), threads))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
  }

  private void change(CyclicBarrier together, Consumer<Transaction> deed) {
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    store.change(deed);
  }

  /** A notification that came to be in this state. */
  private NotificationId in(NotificationState state) {
    store.change(
        tx -> {
          tx.authorities().notePushed(TOWER_HAMLETS, true);
          tx.watermark().move(state == NotificationState.OWED ? 0 : Long.MAX_VALUE);
        });
    NotificationId id = Examples.owing(store);
    switch (state) {
      case DEAD_LETTER -> store.change(tx -> DEEDS.get("give up").accept(tx, id));
      case ACCEPTED -> store.change(tx -> DEEDS.get("accept").accept(tx, id));
      case NOT_OURS -> store.change(tx -> DEEDS.get("disown").accept(tx, id));
      case OWED, IN_LANE -> {}
    }
    assertThat(state(id)).isEqualTo(state);
    return id;
  }

  private NotificationState state(NotificationId id) {
    return store.read(tx -> tx.owed().standing(id)).orElseThrow().state();
  }
}
