package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;

class SettlementsIT {

  @TempDir Path directory;
  private Store store;
  private NotificationId id;

  @BeforeEach
  void open() {
    store = Examples.withAuthorities(Examples.open(directory));
    id = Examples.owing(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void settlesOnceAndKeepsTheFirstAnswerWithItsTime() {
    assertThat(settle(AuthorityAnswer.ACCEPTED)).isTrue();
    assertThat(settle(AuthorityAnswer.NOT_OURS)).isFalse();

    assertThat(found(tx -> tx.settlements().find(id)))
        .contains(new Settlement(id, AuthorityAnswer.ACCEPTED, NOON));
  }

  @Test
  void settlesOnceWhenManySettleAtTheSameMoment() {
    List<CompletableFuture<Boolean>> settled =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> settle(AuthorityAnswer.ACCEPTED)))
            .toList();

    assertThat(settled.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
  }

  @Test
  void settlesNothingThatNobodyOwes() {
    NotificationId unknown = NotificationId.of(UUID.randomUUID(), TOWER_HAMLETS);

    assertThatThrownBy(
            () ->
                store.change(
                    tx -> tx.settlements().settle(unknown, AuthorityAnswer.ACCEPTED, NOON)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such notification");
  }

  @Test
  void settlesNothingByTryLater() {
    assertThatThrownBy(() -> settle(AuthorityAnswer.TRY_LATER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forgetsVainAttemptsAndTheDeadLetterWithTheSettlement() {
    Attempt attempt = new Attempt(id, 3, NOON.plusSeconds(60), "no connection");
    store.change(
        tx -> {
          tx.attempts().put(attempt);
          tx.deadLetters().add(id, TOWER_HAMLETS, refused("expired"), NOON);
        });
    assertThat(found(tx -> tx.attempts().find(id))).contains(attempt);

    settle(AuthorityAnswer.ACCEPTED);

    assertThat(found(tx -> tx.attempts().find(id))).isEmpty();
    assertThat(found(tx -> tx.deadLetters().find(id))).isEmpty();
  }

  @Test
  void keepsTheNewestStateOfAVainAttempt() {
    store.change(tx -> tx.attempts().put(new Attempt(id, 1, NOON, "first")));
    Attempt second = new Attempt(id, 2, NOON.plusSeconds(1), "second");
    store.change(tx -> tx.attempts().put(second));

    assertThat(found(tx -> tx.attempts().find(id))).contains(second);
    assertThat(removeAttempt()).isTrue();
    assertThat(removeAttempt()).isFalse();
  }

  @Test
  void listsDeadLettersOfAnAuthorityWithTheNewestCause() {
    store.change(tx -> tx.deadLetters().add(id, TOWER_HAMLETS, refused("first"), NOON));
    GivenUp newest = new GivenUp(DeadLetterReason.OUTLIVED, "x".repeat(2_000), 7);
    store.change(tx -> tx.deadLetters().add(id, TOWER_HAMLETS, newest, NOON.plusSeconds(1)));

    List<DeadLetter> letters = store.read(tx -> tx.deadLetters().of(TOWER_HAMLETS, 10));

    DeadLetter expected =
        new DeadLetter(
            id,
            TOWER_HAMLETS,
            1,
            NotificationKind.ACCESS,
            NOON,
            new GivenUp(DeadLetterReason.OUTLIVED, "x".repeat(1_000), 7),
            NOON.plusSeconds(1));
    assertThat(letters).containsExactly(expected);
    assertThat(found(tx -> tx.deadLetters().find(id))).contains(expected);
    assertThat(store.<List<DeadLetterCount>>read(tx -> tx.deadLetters().counts()))
        .containsExactly(
            new DeadLetterCount(TOWER_HAMLETS, DeadLetterReason.OUTLIVED, 1, NOON.plusSeconds(1)));
  }

  @Test
  void countsOnTheAttemptsOfADeadLetterThatIsTakenUp() {
    GivenUp why = new GivenUp(DeadLetterReason.OUTLIVED, "late", 7);
    store.change(tx -> tx.deadLetters().add(id, TOWER_HAMLETS, why, NOON));

    assertThat(store.<Optional<OwedReference>>read(tx -> tx.deadLetters().takeUp(id, NOON)))
        .contains(new OwedReference(1, id, TOWER_HAMLETS));

    assertThat(found(tx -> tx.deadLetters().find(id))).isEmpty();
    assertThat(found(tx -> tx.attempts().find(id))).contains(new Attempt(id, 7, NOON, "late"));
    assertThat(store.<Optional<OwedReference>>read(tx -> tx.deadLetters().takeUp(id, NOON)))
        .isEmpty();
  }

  private static GivenUp refused(String cause) {
    return new GivenUp(DeadLetterReason.REFUSED, cause, 1);
  }

  private boolean settle(AuthorityAnswer answer) {
    return store.inTransaction(tx -> tx.settlements().settle(id, answer, NOON));
  }

  private boolean removeAttempt() {
    return store.inTransaction(tx -> tx.attempts().remove(id));
  }

  private <T> Optional<T> found(Function<Transaction, Optional<T>> question) {
    return store.read(question);
  }
}
