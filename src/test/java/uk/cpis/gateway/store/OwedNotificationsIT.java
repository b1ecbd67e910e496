package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.OTHER_CHILD;
import static uk.cpis.gateway.store.Examples.TODAY;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessHistory;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OwedNews;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.ShownAccess;

class OwedNotificationsIT {

  private static final GivenUp REFUSED = new GivenUp(DeadLetterReason.REFUSED, "refused", 1);

  private static final Plan LOOKED_AFTER =
      Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
  private static final Plan ENDED =
      Examples.plan(
          TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION, Optional.of(TODAY.minusDays(3)));

  private static final LinkedNumbers PERSON = LinkedNumbers.alone(CHILD);
  private static final AccessPatterns.Counts ONCE = new AccessPatterns.Counts(1, 1, 1);

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
  void tellsAllOfTheAccessAndOfTheRecords() {
    Access access = Examples.access("U1", NOON);
    OwedNotification owed =
        new OwedNotification(
            TOWER_HAMLETS,
            List.of(new NotifiedRecord(LOOKED_AFTER, true), new NotifiedRecord(ENDED, false)));
    store.writer().submit(access, List.of(owed)).join();

    Author author = access.author();
    assertThat(notification(access))
        .isEqualTo(
            new AccessNotification(
                NotificationId.of(access.id(), TOWER_HAMLETS),
                1,
                NOON,
                TOWER_HAMLETS,
                CHILD,
                new AccessNotification.AccessDetails(
                    NOON,
                    "Ms Siân UserU1",
                    author.jobRole(),
                    author.organisation(),
                    access.setting(),
                    access.ringBack()),
                owed.records(),
                List.of(
                    new ShownAccess(
                        NOON, "Ms Siân UserU1", author.jobRole(), author.organisation())),
                Optional.of(new AccessPatterns(ONCE, ONCE, ONCE))));
  }

  @Test
  void saysTheSameAfterThePlanChangedAndOthersLooked() {
    store.change(tx -> tx.plans().put(LOOKED_AFTER, NOON));
    Access access = owe("U1");
    AccessNotification before = notification(access);

    store.change(
        tx -> {
          tx.plans().delete(LOOKED_AFTER.key(), LOOKED_AFTER.submission(), NOON);
          tx.plans().put(Examples.plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER), NOON);
        });
    owe("U2");
    store.close();
    store = Examples.open(directory);

    assertThat(notification(access)).isEqualTo(before);
  }

  @Test
  void keepsTheHistoryAndTheCountsWhateverBecomesOfTheShownAccesses() throws Exception {
    owe("U1", Duration.ZERO);
    Access access = owe("U2", Duration.ofMinutes(1));
    AccessNotification before = notification(access);
    store.close();
    SchemaVersion.LATEST.in(
        directory, connection -> connection.execute("DELETE FROM shown_access"));
    store = Examples.open(directory);

    assertThat(notification(access)).isEqualTo(before);
    assertThat(before.history()).hasSize(2);
    assertThat(before.patterns().orElseThrow().last7Days())
        .isEqualTo(new AccessPatterns.Counts(2, 1, 1));
  }

  @Test
  void countsWhatWasCommittedUpToTheAccessEvenInOneBatch() {
    List<Access> accesses =
        Stream.of("U1", "U2", "U3").map(user -> Examples.access(user, NOON)).toList();

    accesses.stream()
        .map(each -> store.writer().submit(each, List.of(Examples.owed(LOOKED_AFTER))))
        .toList()
        .forEach(CompletableFuture::join);

    assertThat(accesses)
        .extracting(each -> notification(each).patterns().orElseThrow().last7Days().accesses())
        .containsExactly(1, 2, 3);
    assertThat(accesses)
        .extracting(each -> notification(each).history().size())
        .containsExactly(1, 2, 3);
  }

  @Test
  void countsAnAccessOfScheduledCareNotButTellsOfThoseBefore() {
    owe("U1", Duration.ZERO);
    Access scheduled = Examples.scheduledAccess("U2", NOON.plus(Duration.ofMinutes(1)));
    store.writer().submit(scheduled, List.of(Examples.owed(LOOKED_AFTER))).join();

    assertThat(notification(scheduled).patterns().orElseThrow().last7Days())
        .isEqualTo(new AccessPatterns.Counts(1, 1, 1));
    assertThat(notification(scheduled).history())
        .extracting(ShownAccess::userName)
        .containsExactly("Ms Siân UserU1");
  }

  @Test
  void countsNothingOfOtherPeople() {
    owe("U1", Duration.ZERO);
    Access other =
        Examples.access(
            new MessageId(UUID.randomUUID()), OTHER_CHILD, Examples.nurse("U2"), NOON, 1);
    Plan plan = Examples.plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.LOOKED_AFTER);
    store.writer().submit(other, List.of(Examples.owed(plan))).join();

    assertThat(notification(other).patterns().orElseThrow().last90Days().accesses()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("news")
  void tellsAllOfTheNews(DemographicNews news) {
    AuditEntry cause = Examples.refusal();
    OwedNews owed = Examples.news(news, LOOKED_AFTER, ENDED);
    store.change(
        tx -> {
          tx.audit().append(cause);
          tx.owed().add(cause.id(), NOON, CHILD, owed);
        });
    NotificationId id = NotificationId.of(cause.id(), TOWER_HAMLETS);

    Optional<Notification> told =
        Awaitility.await()
            .until(() -> store.read(tx -> tx.owed().notification(id)), Optional::isPresent);

    assertThat(told)
        .contains(
            new DemographicNotification(id, 1, NOON, TOWER_HAMLETS, CHILD, news, owed.records()));
  }

  static Stream<DemographicNews> news() {
    return Stream.of(
        new DemographicNews.InactiveNumber(Optional.of(OTHER_CHILD)),
        new DemographicNews.InactiveNumber(Optional.empty()),
        new DemographicNews.Birth(OTHER_CHILD),
        new DemographicNews.Withdrawal());
  }

  @Test
  void tellsUnderWhichNumberEachRecordIsHeld() {
    Plan underOther = Examples.plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.LOOKED_AFTER);
    Access access = Examples.access("U1", NOON);

    store.writer().submit(access, List.of(Examples.owed(LOOKED_AFTER, underOther))).join();

    assertThat(notification(access).records())
        .extracting(NotifiedRecord::plan)
        .containsExactly(LOOKED_AFTER, underOther);
  }

  @Test
  void includesTheAskersRunningWindowBehindTwentyFourOthers() {
    Access first = owe("U1", Duration.ZERO);
    for (int i = 0; i < 30; i++) {
      owe("Other" + i, Duration.ofMinutes(1 + i));
    }
    Access repeat = owe("U1", Duration.ofHours(2));

    List<ShownAccess> history = notification(repeat).history();

    assertThat(history).hasSize(AccessHistory.LENGTH);
    assertThat(history.get(AccessHistory.LENGTH - 1).at()).isEqualTo(first.at());
    assertThat(history.get(0).userName()).isEqualTo("Ms Siân UserOther29");
  }

  @Test
  void leavesTheAskersPastWindowsToTheLatestTwentyFive() {
    owe("U1", Duration.ZERO);
    for (int i = 0; i < 30; i++) {
      owe("Other" + i, Duration.ofMinutes(1 + i));
    }

    List<ShownAccess> history =
        store.read(
            tx ->
                tx.accesses()
                    .history(PERSON, Examples.nurse("U1"), NOON.plus(Duration.ofDays(3)), 31));

    assertThat(history).extracting(ShownAccess::userName).doesNotContain("Ms Siân UserU1");
  }

  @Test
  void givesTheHistoryToAnAuthorityNewestFirst() {
    owe("U1", Duration.ZERO);
    owe("U2", Duration.ofMinutes(5));

    List<ShownAccess> history = store.read(tx -> tx.accesses().history(PERSON));

    assertThat(history)
        .extracting(ShownAccess::userName)
        .containsExactly("Ms Siân UserU2", "Ms Siân UserU1");
  }

  @Test
  void offersTheRelayWhatLiesBeyondItsWatermark() {
    List<OwedReference> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.addAll(of(owe("U" + i)));
    }
    store.change(tx -> tx.watermark().move(2));

    List<OwedReference> next = store.read(tx -> tx.owed().after(tx.watermark().get(), 2));

    assertThat(next).containsExactly(all.get(2), all.get(3));
  }

  @Test
  void offersAnAuthorityWhatItHasNotSettledOldestFirst() {
    Access first = owe("U1");
    Access second = owe("U2");
    Access third = owe("U3");
    settle(second);

    assertThat(unsettled(0))
        .containsExactlyElementsOf(
            Stream.of(first, third).flatMap(access -> of(access).stream()).toList());
    assertThat(unsettled(1)).containsExactlyElementsOf(of(third));
  }

  @Test
  void countsHowEachAuthorityStands() {
    owe("U1", Duration.ZERO);
    Access dead = owe("U2", Duration.ofMinutes(1));
    settle(owe("U3", Duration.ofMinutes(2)));
    NotificationId id = NotificationId.of(dead.id(), TOWER_HAMLETS);
    store.change(tx -> tx.deadLetters().add(id, TOWER_HAMLETS, REFUSED, NOON));

    List<AuthorityBacklog> backlogs = store.read(tx -> tx.owed().backlogs());

    assertThat(backlogs)
        .containsExactly(
            new AuthorityBacklog(HACKNEY, 0, 0, 0, Optional.empty()),
            new AuthorityBacklog(TOWER_HAMLETS, 1, 2, 1, Optional.of(NOON)));
  }

  private Access owe(String userId) {
    return owe(userId, Duration.ZERO);
  }

  private Access owe(String userId, Duration later) {
    Access access = Examples.access(userId, NOON.plus(later));
    store.writer().submit(access, List.of(Examples.owed(LOOKED_AFTER))).join();
    return access;
  }

  private void settle(Access access) {
    NotificationId id = NotificationId.of(access.id(), TOWER_HAMLETS);
    store.change(tx -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, NOON));
  }

  private AccessNotification notification(Access access) {
    NotificationId id = NotificationId.of(access.id(), TOWER_HAMLETS);
    return (AccessNotification) store.read(tx -> tx.owed().notification(id)).orElseThrow();
  }

  private List<OwedReference> of(Access access) {
    return store.read(tx -> tx.owed().of(access.id()));
  }

  private List<OwedReference> unsettled(long after) {
    return store.read(tx -> tx.owed().unsettledOf(TOWER_HAMLETS, after, 10));
  }
}
