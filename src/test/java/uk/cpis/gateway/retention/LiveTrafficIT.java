package uk.cpis.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.store.OwedReference;

/** Sweeps beside queries, submissions and settlements: nobody fails, and nothing shown goes. */
class LiveTrafficIT {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
  private static final LocalDate LONG_AGO = LocalDate.of(2024, 5, 1);
  private static final List<NhsNumber> PEOPLE =
      LongStream.range(9_990_200_000L, 9_990_200_100L)
          .mapToObj(Long::toString)
          .flatMap(digits -> NhsNumber.of(digits).stream())
          .toList();

  @TempDir Path folder;
  private SweptServices swept;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void open() {
    swept = new SweptServices(folder);
    PEOPLE.forEach(person -> swept.services.know(current(person)));
    PEOPLE.forEach(person -> swept.services.hold(shown(person), past(person)));
  }

  @AfterEach
  void close() {
    swept.close();
  }

  @Test
  void failsNoQueryAndNoSubmissionAndRemovesNothingThatIsShown() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> work = new ArrayList<>();
    try {
      for (String user : List.of("anna", "ben")) {
        work.add(threads.submit(repeated(round -> ask(user, round))));
      }
      work.add(threads.submit(repeated(this::submit)));
      work.add(threads.submit(repeated(round -> settle())));
      work.add(threads.submit(repeated(round -> hold(past(person(round))))));
      Future<Integer> sweeps = threads.submit(repeated(round -> sweep()));
      threads.submit(() -> endAfter(LONG_ENOUGH)).get();
      for (Future<Integer> each : work) {
        assertThat(each.get()).isPositive();
      }
      assertThat(sweeps.get()).isPositive();
    } finally {
      over.set(true);
      threads.shutdown();
    }

    swept.sweep();

    for (NhsNumber person : PEOPLE) {
      assertThat(isStored(shown(person))).isTrue();
      assertThat(isStored(past(person))).isFalse();
    }
    assertThat(swept.services.entries(AuditEvent.QUERY_ANSWERED))
        .hasSize(asked.get())
        .allMatch(entry -> entry.outcome().equals("FOUND"));
    assertThat(toldOfAccesses(TOWER_HAMLETS.value())).isEqualTo(asked.get());
  }

  private interface Step {
    void take(int round);
  }

  private Callable<Integer> repeated(Step step) {
    return () -> {
      int round = 0;
      while (!over.get()) {
        step.take(round++);
      }
      return round;
    };
  }

  private Void endAfter(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Object timer = new Object();
    synchronized (timer) {
      for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        timer.wait(left);
      }
    }
    over.set(true);
    return null;
  }

  private void ask(String user, int round) {
    NhsNumber person = person(round * 7);
    asked.incrementAndGet();
    assertThat(SweptServices.plans(swept.query(person, user)))
        .extracting(Plan::key)
        .contains(shown(person).key())
        .doesNotContain(past(person).key());
  }

  /** Hackney loads plans and takes them back, beside its own records that are being purged. */
  private void submit(int round) {
    Plan own = plan(HACKNEY, person(round / 2), PlanType.LOOKED_AFTER);
    Submission.Kind kind = round % 2 == 0 ? Submission.Kind.UPDATE : Submission.Kind.DELETE;
    Submission submission =
        SweptServices.submission(kind, HACKNEY, 100L + round, Integer.toString(round % 10), own);
    assertThat(swept.send(submission).fileCode()).isEqualTo(FileCode.CPF02);
  }

  /** Settled so long ago that the next sweep erases it. */
  private void settle() {
    Instant longAgo = swept.services.clock().instant().minus(Duration.ofDays(31));
    for (OwedReference owed :
        swept.services.store().read(tx -> tx.owed().unsettledOf(TOWER_HAMLETS, 0, 10))) {
      swept
          .services
          .store()
          .change(tx -> tx.settlements().settle(owed.id(), AuthorityAnswer.ACCEPTED, longAgo));
    }
  }

  private void hold(Plan plan) {
    swept
        .services
        .store()
        .change(
            tx -> {
              tx.authorities().takeTurn(plan.key().authority());
              tx.plans().put(plan, swept.services.clock().instant());
            });
  }

  private void sweep() {
    assertThat(swept.sweep().complete()).isTrue();
  }

  private boolean isStored(Plan plan) {
    return swept.services.store().read(tx -> tx.plans().find(plan.key()).isPresent());
  }

  private long toldOfAccesses(String authority) {
    return swept.services.store().read(tx -> tx.owed().backlogs()).stream()
        .filter(backlog -> backlog.authority().value().equals(authority))
        .mapToLong(backlog -> backlog.settled() + backlog.unsettled())
        .sum();
  }

  private static NhsNumber person(int round) {
    return PEOPLE.get(Math.floorMod(round, PEOPLE.size()));
  }

  private static Plan shown(NhsNumber person) {
    return plan(TOWER_HAMLETS, person, PlanType.LOOKED_AFTER);
  }

  private static Plan past(NhsNumber person) {
    return plan(HACKNEY, person, PlanType.CHILD_PROTECTION, Optional.of(LONG_AGO));
  }
}
