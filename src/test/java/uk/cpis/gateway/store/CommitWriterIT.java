package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNews;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.steps.Steps;

class CommitWriterIT {

  private static final OwedNotification OWED =
      Examples.owed(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));

  private static final OwedNews NEWS =
      Examples.news(
          new DemographicNews.Withdrawal(),
          Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Examples.withAuthorities(Examples.open(directory));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void numbersInTheOrderOfTheirArrival() {
    List<CompletableFuture<AccessOutcome>> outcomes =
        IntStream.range(0, 200).mapToObj(i -> submit(Examples.access("U" + i, NOON))).toList();

    assertThat(outcomes.stream().map(CommitWriterIT::number))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  void saysWhenNothingIsWrittenAnyMoreThoughReadingWorks() {
    store.check();
    store.afterOwing(
        () -> {
          throw new AssertionError("planted, ends the writer's thread");
        });

    submit(Examples.access("U1", NOON)).join();

    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .untilAsserted(
            () ->
                assertThatThrownBy(store::check)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the store's writer has ended"));
  }

  @Test
  void losesAndDoublesNothingUnderManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<List<Long>>> each = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        String user = "U" + thread;
        each.add(
            threads.submit(
                () ->
                    IntStream.range(0, 100)
                        .mapToObj(i -> number(submit(Examples.access(user, NOON))))
                        .toList()));
      }

      List<Long> numbers = new ArrayList<>();
      for (Future<List<Long>> one : each) {
        assertThat(one.get()).isSorted();
        numbers.addAll(one.get());
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 1600).boxed().toList());
    } finally {
      threads.shutdownNow();
    }
    List<OwedReference> owed = store.read(tx -> tx.owed().after(0, 10_000));
    assertThat(owed).hasSize(1600);
    assertThat(owed).extracting(OwedReference::owedNumber).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void hasOneEffectForTwentyCopiesAtOnce() throws Exception {
    MessageId id = new MessageId(UUID.randomUUID());
    CyclicBarrier start = new CyclicBarrier(20);
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Future<AccessOutcome>> copies = new ArrayList<>();
      for (int copy = 0; copy < 20; copy++) {
        copies.add(
            threads.submit(
                () -> {
                  Access access = Examples.access(id, CHILD, Examples.nurse("U1"), NOON, 1);
                  start.await();
                  return submit(access).join();
                }));
      }
      List<AccessOutcome> outcomes = new ArrayList<>();
      for (Future<AccessOutcome> copy : copies) {
        outcomes.add(copy.get());
      }

      assertThat(outcomes).filteredOn(AccessOutcome.Committed.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(AccessOutcome.SeenBefore.class::isInstance).hasSize(19);
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows(tx -> tx.owed().after(0, 100))).hasSize(1);
    assertThat(rows(tx -> tx.audit().after(0, 100))).hasSize(1);
  }

  @Test
  void saysWhichAccessAMessageWasSeenWith() {
    MessageId id = new MessageId(UUID.randomUUID());
    Access first = Examples.access(id, CHILD, Examples.nurse("U1"), NOON, 1);
    submit(first).join();

    AccessOutcome again = submit(Examples.access(id, CHILD, Examples.nurse("U1"), NOON, 1)).join();

    assertThat(again).isInstanceOf(AccessOutcome.SeenBefore.class);
    RememberedMessage seen = ((AccessOutcome.SeenBefore) again).message();
    assertThat(seen.reference()).isEqualTo(first.id());
    assertThat(seen.same(Interaction.QUERY, first.digest())).isTrue();
    assertThat(seen.same(Interaction.UPDATE, first.digest())).isFalse();
    RecordedAccess recorded = store.read(tx -> tx.accesses().find(first.id())).orElseThrow();
    assertThat(recorded)
        .isEqualTo(new RecordedAccess(first.id(), 1, NOON, CHILD, first.author(), 1, true));
  }

  @Test
  void seesAMessageThatAnotherTransactionRemembersMeanwhile() throws Exception {
    Access access = Examples.access("U1", NOON);
    RememberedMessage message = remembered(access);
    CountDownLatch inserted = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () ->
                store.change(
                    tx -> {
                      assertThat(tx.messages().remember(message)).isTrue();
                      inserted.countDown();
                      await(goOn);
                    }));
    assertThat(inserted.await(60, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<AccessOutcome> outcome = submit(access);
    goOn.countDown();

    assertThat(outcome.join()).isEqualTo(new AccessOutcome.SeenBefore(message));
    other.join();
    assertThat(rows(tx -> tx.audit().after(0, 10))).isEmpty();
  }

  @Test
  void showsOneOfTheSameUsersAccessesWithinADayEvenInOneBatch() {
    List<Access> accesses =
        List.of(
            Examples.access("U1", NOON),
            Examples.access("U1", NOON.plus(Duration.ofHours(1))),
            Examples.access("U2", NOON.plus(Duration.ofHours(2))),
            Examples.access("U1", NOON.plus(Duration.ofHours(24)).minusMillis(1)),
            Examples.access("U1", NOON.plus(Duration.ofHours(24))));

    List<CompletableFuture<AccessOutcome>> outcomes = inOneBatch(accesses);

    assertThat(outcomes.stream().map(CommitWriterIT::shown))
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void showsNoAccessWithinTheWindowThatAnEarlierRunOpened() {
    assertThat(shown(submit(Examples.access("U1", NOON)))).isTrue();
    store.close();
    store = Examples.open(directory);

    assertThat(shown(submit(Examples.access("U1", NOON.plus(Duration.ofHours(23)))))).isFalse();
    assertThat(shown(submit(Examples.access("U1", NOON.plus(Duration.ofHours(24)))))).isTrue();
  }

  @Test
  void showsNoAccessThatFoundNothing() {
    Access access =
        Examples.access(new MessageId(UUID.randomUUID()), CHILD, Examples.nurse("U1"), NOON, 0);

    assertThat(shown(store.writer().submit(access, List.of()))).isFalse();
    assertThat(rows(tx -> tx.accesses().history(LinkedNumbers.alone(CHILD)))).isEmpty();
  }

  @Test
  void goesOnCountingAfterARestart() {
    Access before = Examples.access("U1", NOON);
    submit(before).join();
    store.close();
    store = Examples.open(directory);

    Access after = Examples.access("U2", NOON);
    assertThat(number(submit(after))).isEqualTo(2);
    assertThat(rows(tx -> tx.owed().after(0, 10)))
        .extracting(OwedReference::owedNumber)
        .containsExactly(1L, 2L);
    NotificationId id = NotificationId.of(after.id(), TOWER_HAMLETS);
    assertThat(store.read(tx -> tx.owed().notification(id)).orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void countsForEachAuthorityApart() {
    Access access = Examples.access("U1", NOON);
    OwedNotification other =
        Examples.owed(Examples.plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION));
    submit(Examples.access("U0", NOON)).join();
    store.writer().submit(access, List.of(OWED, other)).join();

    assertThat(numberOf(access, TOWER_HAMLETS)).isEqualTo(2);
    assertThat(numberOf(access, HACKNEY)).isEqualTo(1);
  }

  @Test
  void numbersWhatOrdinaryTransactionsLeftWithout() {
    AuditEntry entry = Examples.refusal();
    CountDownLatch woken = new CountDownLatch(1);
    store.afterOwing(woken::countDown);
    store.change(
        tx -> {
          tx.audit().append(entry);
          tx.owed().add(entry.id(), NOON, CHILD, NEWS);
        });

    await(woken);
    assertThat(rows(tx -> tx.owed().of(entry.id())))
        .extracting(OwedReference::owedNumber)
        .containsExactly(1L);
    assertThat(store.read(tx -> tx.audit().find(entry.id())).orElseThrow())
        .isEqualTo(new AuditRecord(OptionalLong.of(1), entry));
  }

  @Test
  void isNotHeldUpByASubmissionThatIsStillBeingApplied() throws Exception {
    AuditEntry entry = Examples.refusal();
    CountDownLatch appended = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> submission =
        CompletableFuture.runAsync(
            () ->
                store.change(
                    tx -> {
                      tx.authorities().takeTurn(TOWER_HAMLETS);
                      tx.messages().remember(remembered(Examples.access("LA", NOON)));
                      tx.audit().append(entry);
                      tx.owed().add(entry.id(), NOON, CHILD, NEWS);
                      tx.plans().put(Examples.plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER), NOON);
                      appended.countDown();
                      await(goOn);
                    }));
    assertThat(appended.await(60, TimeUnit.SECONDS)).isTrue();

    Access access = Examples.access("U1", NOON);
    AccessOutcome outcome = submit(access).get(60, TimeUnit.SECONDS);
    store.change(tx -> tx.audit().append(Examples.refusal()));
    AccessOutcome next = submit(Examples.access("U2", NOON)).get(60, TimeUnit.SECONDS);
    CompletableFuture<List<OwedReference>> seen =
        CompletableFuture.supplyAsync(() -> rows(tx -> tx.owed().after(0, 10)));
    CompletableFuture<List<OwedReference>> unsettled =
        CompletableFuture.supplyAsync(
            () -> rows(tx -> tx.owed().unsettledOf(TOWER_HAMLETS, 0, 10)));
    CompletableFuture<List<AuditRecord>> audited =
        CompletableFuture.supplyAsync(() -> rows(tx -> tx.audit().after(0, 10)));

    assertThat(outcome).isEqualTo(new AccessOutcome.Committed(1, true));
    assertThat(next).isInstanceOf(AccessOutcome.Committed.class);
    assertThat(seen.get(60, TimeUnit.SECONDS)).hasSize(2);
    assertThat(unsettled.get(60, TimeUnit.SECONDS)).hasSize(2);
    assertThat(audited.get(60, TimeUnit.SECONDS)).hasSizeGreaterThanOrEqualTo(2);
    goOn.countDown();
    submission.join();
  }

  @Test
  void numbersAtTheStartWhatTheLastRunLeft() {
    AuditEntry entry = Examples.refusal();
    submit(Examples.access("U1", NOON)).join();
    store.close();
    Database database = Database.open(Examples.settings(directory), Making.UNASKED, Steps.NONE);
    Connections connections = new Connections(database.dataSource(), 2, Duration.ofSeconds(3));
    try (Connection connection = connections.fromPool()) {
      Transaction unnumbered = new Transaction(new Sql(connection));
      unnumbered.audit().append(entry);
      unnumbered.owed().add(entry.id(), NOON, CHILD, NEWS);
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    connections.close();
    database.close();

    store = Examples.open(directory);

    assertThat(rows(tx -> tx.audit().after(1, 10)))
        .containsExactly(new AuditRecord(OptionalLong.of(2), entry));
    assertThat(rows(tx -> tx.owed().after(0, 10)))
        .extracting(OwedReference::owedNumber)
        .containsExactly(1L, 2L);
  }

  @Test
  void answersBusyAtOnceWhenTooMuchWaits() {
    store.close();
    StoreSettings settings =
        new StoreSettings(directory, Examples.KEY, 2_000, Duration.ofSeconds(3), 4, 2, 64);
    store = Store.open(settings);
    Semaphore held = new Semaphore(0);
    CountDownLatch holding = new CountDownLatch(1);
    store.afterOwing(
        () -> {
          holding.countDown();
          held.acquireUninterruptibly();
        });
    submit(Examples.access("U0", NOON)).join();
    await(holding);

    CompletableFuture<AccessOutcome> first = submit(Examples.access("U1", NOON));
    CompletableFuture<AccessOutcome> second = submit(Examples.access("U2", NOON));
    CompletableFuture<AccessOutcome> third = submit(Examples.access("U3", NOON));

    assertThat(third).isCompletedWithValue(new AccessOutcome.Busy());
    assertThat(store.writer().submit(Examples.refusal())).isCompletedExceptionally();
    held.release(100);
    assertThat(first.join()).isInstanceOf(AccessOutcome.Committed.class);
    assertThat(second.join()).isInstanceOf(AccessOutcome.Committed.class);
  }

  @Test
  void writesNothingOfWhatItsCallerGaveUpWaitingFor() {
    Semaphore held = new Semaphore(0);
    CountDownLatch holding = new CountDownLatch(1);
    store.afterOwing(
        () -> {
          holding.countDown();
          held.acquireUninterruptibly();
        });
    submit(Examples.access("U0", NOON)).join();
    await(holding);
    CompletableFuture<AccessOutcome> givenUp = submit(Examples.access("U1", NOON));

    assertThatThrownBy(() -> CommitWriter.await(givenUp, Duration.ofMillis(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in time");
    held.release(100);
    AccessOutcome next = submit(Examples.access("U2", NOON)).join();

    assertThat(givenUp).isNotDone();
    assertThat(next).isEqualTo(new AccessOutcome.Committed(2, true));
    assertThat(rows(tx -> tx.audit().after(0, 10))).hasSize(2);
  }

  @Test
  void writesTheOthersOfABatchWhenOneCannotBeWritten() {
    Access good = Examples.access("U1", NOON);
    Access bad = Examples.access("U".repeat(300), NOON);
    Access alsoGood = Examples.access("U2", NOON);

    List<CompletableFuture<AccessOutcome>> outcomes = inOneBatch(List.of(good, bad, alsoGood));

    assertThat(number(outcomes.get(0))).isEqualTo(2);
    assertThatThrownBy(() -> outcomes.get(1).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreException.class);
    assertThat(number(outcomes.get(2))).isEqualTo(3);
  }

  @Test
  void failsWhatComesAfterTheClosing() {
    store.close();

    assertThatThrownBy(() -> submit(Examples.access("U1", NOON)).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("the store is closed");

    store = Examples.open(directory);
  }

  private static RememberedMessage remembered(Access access) {
    return new RememberedMessage(
        access.sender().asid(),
        access.messageId(),
        Interaction.UPDATE,
        access.digest(),
        NOON,
        UUID.randomUUID());
  }

  /** Submits while the writer is held, so that it takes all of them together. */
  private List<CompletableFuture<AccessOutcome>> inOneBatch(List<Access> accesses) {
    Semaphore held = new Semaphore(0);
    CountDownLatch holding = new CountDownLatch(1);
    store.afterOwing(
        () -> {
          holding.countDown();
          held.acquireUninterruptibly();
        });
    Access first =
        Examples.access(
            new MessageId(UUID.randomUUID()),
            Examples.OTHER_CHILD,
            Examples.nurse("U9"),
            Instant.EPOCH,
            1);
    submit(first).join();
    await(holding);
    List<CompletableFuture<AccessOutcome>> outcomes = accesses.stream().map(this::submit).toList();
    held.release(1_000);
    Awaitility.await().until(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
    return outcomes;
  }

  private CompletableFuture<AccessOutcome> submit(Access access) {
    return store.writer().submit(access, List.of(OWED));
  }

  private <T> List<T> rows(Function<Transaction, List<T>> question) {
    return store.read(question);
  }

  private long numberOf(Access access, OdsCode authority) {
    NotificationId id = NotificationId.of(access.id(), authority);
    return store.read(tx -> tx.owed().notification(id)).orElseThrow().number();
  }

  private static long number(CompletableFuture<AccessOutcome> outcome) {
    return ((AccessOutcome.Committed) outcome.join()).number();
  }

  private static boolean shown(CompletableFuture<AccessOutcome> outcome) {
    return ((AccessOutcome.Committed) outcome.join()).shown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
