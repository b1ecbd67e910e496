package uk.cpis.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNews;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoredSubmission;
import uk.cpis.gateway.testing.Examples;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestStore;

/** What the operator is told, over a real store and by a clock that the test moves. */
class WatchIT {

  private static final Instant FRIDAY_NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Asid BUSY = new Asid("200000000001");
  private static final Asid OTHER = new Asid("200000000002");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(FRIDAY_NOON);
  private Store store;
  private Watch watch;
  private RecordedLog log;
  private int read;

  @BeforeEach
  void open() {
    log = RecordedLog.of("uk.cpis.gateway.watch");
    store = TestStore.open(directory.resolve("store"));
    store.change(
        tx -> {
          tx.authorities().register(Examples.towerHamlets());
          tx.authorities().register(Examples.hackney());
        });
    watch(Set.of());
  }

  /** Watches anew, as after a restart. */
  private void watch(Set<OdsCode> submitters) {
    watch =
        new Watch(
            store, () -> submitters, () -> Set.of(BUSY, OTHER), new WatchSettings(50, 20), clock);
  }

  @AfterEach
  void close() {
    store.close();
    log.close();
  }

  @Test
  void tellsOnceWhenHalfOfTheDayIsGoneOnceWhenAllOfItIsAndOnceWhenItIsOver() {
    NotificationId id = owe(TOWER_HAMLETS);
    assertThat(toldAfter(Duration.ofHours(12).minusSeconds(1))).isEmpty();

    assertThat(toldAfter(Duration.ofSeconds(61)))
        .containsExactly("CPG-OVERDUE authority=TWH oldest=2026-11-20T12:00:00Z share=50%");
    assertThat(toldAfter(Duration.ofHours(11))).isEmpty();
    assertThat(toldAfter(HOUR))
        .containsExactly(
            "CPG-BREACH authority=TWH oldest=2026-11-20T12:00:00Z"
                + " rule=\"told within 24 hours\" broken=true");
    assertThat(toldAfter(Duration.ofHours(48))).isEmpty();
    assertThat(watch.breach()).isPresent();

    settle(id);

    assertThat(toldAfter(HOUR))
        .containsExactlyInAnyOrder(
            "CPG-OVERDUE-OVER authority=TWH since=2026-11-21T00:01:00Z",
            "CPG-BREACH-OVER authority=TWH since=2026-11-21T12:01:00Z");
    assertThat(watch.breach()).isEmpty();
    assertThat(toldAfter(HOUR)).isEmpty();
  }

  @Test
  void tellsOfDeadLettersToo() {
    NotificationId id = owe(TOWER_HAMLETS);
    GivenUp why = new GivenUp(DeadLetterReason.REFUSED, "fault 201", 1);
    store.change(tx -> tx.deadLetters().add(id, TOWER_HAMLETS, why, clock.instant()));

    assertThat(toldAfter(Duration.ofHours(24))).hasSize(2);
  }

  @Test
  void tellsNothingAgainAfterARestartAndForgetsNothing() {
    NotificationId id = owe(TOWER_HAMLETS);
    assertThat(toldAfter(Duration.ofHours(13))).hasSize(1);

    watch(Set.of());
    assertThat(toldAfter(HOUR)).isEmpty();
    assertThat(watch.standing())
        .extracting(StandingAlert::kind, StandingAlert::subject, StandingAlert::since)
        .containsExactly(tuple(AlertKind.OVERDUE, "TWH", FRIDAY_NOON.plus(Duration.ofHours(13))));

    settle(id);
    watch(Set.of());
    assertThat(toldAfter(HOUR)).hasSize(1);
  }

  @Test
  void tellsEachCrossingOfEachAuthority() {
    NotificationId first = owe(TOWER_HAMLETS);
    owe(Examples.HACKNEY);
    clock.advance(Duration.ofHours(6));
    owe(TOWER_HAMLETS);
    assertThat(toldAfter(Duration.ofHours(7)))
        .hasSize(2)
        .anyMatch(line -> line.contains("authority=TWH"))
        .anyMatch(line -> line.contains("authority=HCK"));

    settle(first);
    assertThat(toldAfter(HOUR))
        .containsExactly("CPG-OVERDUE-OVER authority=TWH since=2026-11-21T01:00:00Z");
    assertThat(toldAfter(Duration.ofHours(4)))
        .containsExactly("CPG-OVERDUE authority=TWH oldest=2026-11-20T18:00:00Z share=50%");
  }

  @Test
  void tellsOfAnAuthorityThatNoLongerSubmitsAfterOneDayAndAfterThree() {
    watch(Set.of(TOWER_HAMLETS));
    assertThat(toldAfter(Duration.ZERO)).isEmpty();
    clock.advance(HOUR);
    submit(TOWER_HAMLETS);
    assertThat(toldAfter(Duration.ofHours(23))).isEmpty();

    assertThat(toldAfter(HOUR))
        .containsExactly("CPG-SILENT authority=TWH lastHeard=2026-11-20T13:00:00Z");
    watch(Set.of(TOWER_HAMLETS));
    assertThat(toldAfter(Duration.ofHours(47))).isEmpty();
    assertThat(toldAfter(HOUR))
        .containsExactly("CPG-LONG-SILENT authority=TWH lastHeard=2026-11-20T13:00:00Z");

    submit(TOWER_HAMLETS);
    assertThat(toldAfter(HOUR))
        .hasSize(2)
        .allMatch(line -> line.contains("SILENT-OVER authority=TWH"));
  }

  @Test
  void countsTheSilenceOfWhoNeverSubmittedFromWhenItsSystemWasFirstKnownRestartOrNot() {
    watch(Set.of(TOWER_HAMLETS));
    assertThat(toldAfter(Duration.ZERO)).isEmpty();
    clock.advance(Duration.ofHours(20));
    watch(Set.of(TOWER_HAMLETS));

    assertThat(toldAfter(Duration.ofHours(4)))
        .containsExactly("CPG-SILENT authority=TWH lastHeard=2026-11-20T12:00:00Z");
  }

  @Test
  void expectsNothingOfAnAuthorityWithoutASystemThatSubmits() {
    watch(Set.of(TOWER_HAMLETS));
    assertThat(toldAfter(Duration.ofHours(25))).isEmpty();
    assertThat(toldAfter(Duration.ofHours(25))).hasSize(1);

    watch(Set.of());

    assertThat(toldAfter(HOUR)).hasSize(1).allMatch(line -> line.startsWith("CPG-SILENT-OVER"));
    assertThat(toldAfter(Duration.ofDays(10))).isEmpty();
  }

  @Test
  void tellsOfASystemThatAsksNothingInAnHourInWhichItIsUsuallyBusy() {
    // Tuesday to Thursday it was busy from noon to one; the other one only on two of the days
    askOnDaysBefore(1, BUSY, 25);
    askOnDaysBefore(2, BUSY, 20);
    askOnDaysBefore(3, BUSY, 21);
    askOnDaysBefore(1, OTHER, 25);
    askOnDaysBefore(2, OTHER, 19);
    askOnDaysBefore(3, OTHER, 25);

    assertThat(toldAfter(Duration.ofMinutes(59))).isEmpty();
    assertThat(toldAfter(Duration.ofMinutes(1)))
        .containsExactly("CPG-NO-QUERIES system=200000000001 quietHour=2026-11-20T12:00:00Z");
    watch(Set.of());
    assertThat(toldAfter(Duration.ofHours(5))).isEmpty();

    watch.asked(BUSY);
    assertThat(toldAfter(Duration.ofMinutes(1)))
        .containsExactly("CPG-NO-QUERIES-OVER system=200000000001 since=2026-11-20T13:00:00Z");
  }

  @Test
  void comparesWorkingDaysWithWorkingDaysAndJudgesNoHourThatItDidNotServeWhole() {
    askOnDaysBefore(1, BUSY, 25);
    askOnDaysBefore(2, BUSY, 25);
    askOnDaysBefore(3, BUSY, 25);
    clock.advance(Duration.ofMinutes(10));
    watch(Set.of());
    assertThat(toldAfter(Duration.ofMinutes(50))).isEmpty();

    // on Saturday nobody expects what is usual from Monday to Friday
    assertThat(toldAfter(Duration.ofHours(23))).isEmpty();
    assertThat(toldAfter(HOUR)).isEmpty();
  }

  @Test
  void countsWhatIsAskedByTheHour() {
    for (int i = 0; i < 30; i++) {
      watch.asked(BUSY);
    }
    toldAfter(Duration.ofMinutes(1));
    watch.asked(BUSY);
    toldAfter(HOUR);
    watch.asked(BUSY);
    toldAfter(Duration.ofMinutes(1));

    assertThat(asked(FRIDAY_NOON)).isEqualTo(31);
    assertThat(asked(FRIDAY_NOON.plus(HOUR))).isEqualTo(1);
  }

  @Test
  void looksWhenTheClockIsSetBackToo() {
    owe(TOWER_HAMLETS);
    assertThat(toldAfter(Duration.ofDays(400))).hasSize(2);

    assertThat(toldAfter(Duration.ofDays(-400)))
        .hasSize(2)
        .allMatch(line -> line.contains("-OVER "));
  }

  private List<String> toldAfter(Duration later) {
    clock.advance(later);
    watch.look();
    List<String> all = log.messages();
    List<String> told = all.subList(read, all.size());
    read = all.size();
    return told;
  }

  private NotificationId owe(OdsCode authority) {
    UUID cause = UUID.randomUUID();
    NotifiedRecord record =
        new NotifiedRecord(Examples.plan(authority, CHILD, PlanType.LOOKED_AFTER), true);
    OwedNews news = new OwedNews(authority, new DemographicNews.Withdrawal(), List.of(record));
    store.change(tx -> tx.owed().add(cause, clock.instant(), CHILD, news));
    NotificationId id = NotificationId.of(cause, authority);
    await().until(() -> store.read(tx -> tx.owed().find(id)).isPresent());
    return id;
  }

  private void settle(NotificationId id) {
    store.change(tx -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, clock.instant()));
  }

  private void submit(OdsCode authority) {
    StoredSubmission submission =
        new StoredSubmission(
            UUID.randomUUID(),
            authority,
            BUSY,
            Submission.Kind.UPDATE,
            new SubmissionReference(Examples.newMessageId(), 1),
            new ContentDigest("ab".repeat(32)),
            false,
            clock.instant(),
            Acknowledgement.of(List.of()));
    store.change(tx -> tx.submissions().add(submission));
  }

  private void askOnDaysBefore(int days, Asid system, long queries) {
    Instant hour = FRIDAY_NOON.minus(Duration.ofDays(days));
    store.change(tx -> tx.queryHours().add(system, hour, queries));
  }

  private long asked(Instant hour) {
    return store.read(tx -> tx.queryHours().of(hour)).getOrDefault(BUSY, 0L);
  }
}
