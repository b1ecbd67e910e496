package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.OTHER_CHILD;
import static uk.cpis.gateway.store.Examples.TODAY;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;

class PlansIT {

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
  void showsTheRecordsOfEveryAuthorityAboutOnePersonOnly() {
    Plan looked = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    Plan protection = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION));
    Plan other = put(Examples.plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER));
    put(Examples.plan(HACKNEY, OTHER_CHILD, PlanType.LOOKED_AFTER));

    assertThat(visible(TODAY)).containsExactly(other, protection, looked);
  }

  @Test
  void showsAnEndedRecordUntilTwelveMonthsLaterThatDayIncluded() {
    LocalDate end = LocalDate.of(2025, 11, 20);
    Plan ended = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER, Optional.of(end)));

    assertThat(visible(LocalDate.of(2026, 11, 20))).containsExactly(ended);
    assertThat(visible(LocalDate.of(2026, 11, 21))).isEmpty();
  }

  @Test
  void keepsOneRecordForEachAuthorityPersonAndType() {
    put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    Plan newer =
        put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER, Optional.of(TODAY)));

    assertThat(visible(TODAY)).containsExactly(newer);
  }

  @Test
  void keepsOnlyTheTraceOfADeletedRecord() {
    Plan plan = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    SubmissionReference deletion = new SubmissionReference(new MessageId(UUID.randomUUID()), 8);

    delete(plan.key(), deletion);

    assertThat(visible(TODAY)).isEmpty();
    Optional<StoredPlan> trace = store.read(tx -> tx.plans().find(plan.key()));
    assertThat(trace).contains(new StoredPlan(Optional.empty(), deletion, false));
  }

  @Test
  void keepsTheTraceOfADeletionWhereThereWasNoRecord() {
    PlanKey key = new PlanKey(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
    SubmissionReference first = new SubmissionReference(new MessageId(UUID.randomUUID()), 8);
    SubmissionReference second = new SubmissionReference(new MessageId(UUID.randomUUID()), 9);

    delete(key, first);
    delete(key, second);

    assertThat(visible(TODAY)).isEmpty();
    Optional<StoredPlan> trace = store.read(tx -> tx.plans().find(key));
    assertThat(trace).contains(new StoredPlan(Optional.empty(), second, false));
  }

  @Test
  void comparesNumbersOfThePresentSequenceOnly() {
    Plan plan = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    long number = plan.submission().sequenceNumber();
    assertThat(find(plan.key()).appliedAfter(number - 1)).isTrue();
    assertThat(find(plan.key()).appliedAfter(number)).isFalse();

    assertThat(resetSequence(TOWER_HAMLETS)).isTrue();

    assertThat(find(plan.key()))
        .isEqualTo(new StoredPlan(Optional.of(plan), plan.submission(), true));
    assertThat(find(plan.key()).appliedAfter(number - 1)).isFalse();
    put(plan);
    assertThat(find(plan.key()).appliedAfter(number - 1)).isTrue();
    assertThat(resetSequence(new OdsCode("ZZZ"))).isFalse();
  }

  @Test
  void takesADeletedRecordUpAgain() {
    Plan plan = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    delete(plan.key(), plan.submission());

    put(plan);

    Optional<StoredPlan> stored = store.read(tx -> tx.plans().find(plan.key()));
    assertThat(stored).contains(new StoredPlan(Optional.of(plan), plan.submission(), false));
  }

  @Test
  void pagesThroughWhatIsHeldOfOneAuthority() {
    List<Plan> held = new ArrayList<>();
    for (String digits : List.of("9990000018", "9990000026", "9990000034")) {
      for (PlanType type : List.of(PlanType.CHILD_PROTECTION, PlanType.LOOKED_AFTER)) {
        held.add(put(Examples.plan(TOWER_HAMLETS, new NhsNumber(digits), type)));
      }
    }
    put(Examples.plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER));
    delete(held.remove(3).key(), new SubmissionReference(new MessageId(UUID.randomUUID()), 9));

    List<Plan> paged = new ArrayList<>();
    Optional<PlanKey> after = Optional.empty();
    do {
      List<Plan> page = holdings(after);
      paged.addAll(page);
      after = page.size() < 2 ? Optional.empty() : Optional.of(page.get(1).key());
    } while (after.isPresent());

    assertThat(paged).containsExactlyElementsOf(held);
  }

  @Test
  void theTableAgreesWithTheRuleOnWhatIsVisibleOnEachDay() {
    List<Plan> held = new ArrayList<>();
    Random random = new Random(29);
    for (String digits : List.of("9990000018", "9990000026", "9990000034", "9990000042")) {
      for (PlanType type : PlanType.values()) {
        for (OdsCode authority : List.of(TOWER_HAMLETS, HACKNEY)) {
          held.add(put(anyPlan(random, new PlanKey(authority, new NhsNumber(digits), type))));
        }
      }
    }
    for (LocalDate day = LocalDate.of(2024, 2, 25); day.getYear() < 2027; day = day.plusDays(9)) {
      LocalDate today = day;
      List<Plan> seen =
          store.read(
              tx ->
                  held.stream()
                      .map(plan -> plan.key().person())
                      .distinct()
                      .flatMap(person -> tx.plans().visible(person, today).stream())
                      .toList());
      assertThat(seen)
          .as("on %s", day)
          .containsExactlyInAnyOrderElementsOf(
              held.stream().filter(plan -> plan.visibleOn(today)).toList());
    }
  }

  private static Plan anyPlan(Random random, PlanKey key) {
    LocalDate end = LocalDate.of(2023 + random.nextInt(3), 3, 1).minusDays(random.nextInt(3));
    LocalDate born = LocalDate.of(2005 + random.nextInt(4), 3, 1).minusDays(random.nextInt(3));
    return new Plan(
        key,
        new PlanPeriod(
            LocalDate.of(2022, 1, 1), random.nextInt(3) == 0 ? Optional.empty() : Optional.of(end)),
        new Subject("Ó Briain", "Łucja", born),
        Optional.empty(),
        new SubmissionReference(new MessageId(UUID.randomUUID()), 7));
  }

  @Test
  void letsOneReadWhileAnotherPersonsRecordIsBeingWritten() throws Exception {
    Plan plan = put(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () ->
                store.change(
                    tx -> {
                      tx.plans()
                          .put(
                              Examples.plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.LOOKED_AFTER),
                              NOON);
                      written.countDown();
                      await(goOn);
                    }));
    await(written);

    List<Plan> seen = CompletableFuture.supplyAsync(() -> visible(TODAY)).get(60, TimeUnit.SECONDS);
    CompletableFuture.runAsync(() -> put(plan)).get(60, TimeUnit.SECONDS);

    assertThat(seen).containsExactly(plan);
    goOn.countDown();
    writing.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Plan put(Plan plan) {
    store.change(tx -> tx.plans().put(plan, NOON));
    return plan;
  }

  private void delete(PlanKey key, SubmissionReference by) {
    store.change(tx -> tx.plans().delete(key, by, NOON));
  }

  private boolean resetSequence(OdsCode authority) {
    return store.inTransaction(tx -> tx.authorities().resetSequence(authority));
  }

  private StoredPlan find(PlanKey key) {
    return store.read(tx -> tx.plans().find(key)).orElseThrow();
  }

  private List<Plan> visible(LocalDate day) {
    return store.read(tx -> tx.plans().visible(CHILD, day));
  }

  private List<Plan> holdings(Optional<PlanKey> after) {
    return store.read(tx -> tx.plans().holdings(TOWER_HAMLETS, after, TODAY, 2));
  }
}
