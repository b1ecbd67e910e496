package uk.cpis.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.contacts;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.testing.TestServices;

/** Rules 1 to 7, on a real store. */
class PlanQueryServiceIT {

  private static final Plan OF_TOWER_HAMLETS = plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
  private static final Plan OF_HACKNEY = plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION);

  @TempDir Path folder;
  private TestServices services;
  private PlanQueryService queries;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    queries = services.queries();
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void showsTheRecordsOfAllAuthoritiesSideBySideWithTheirTelephones() {
    services.hold(OF_TOWER_HAMLETS, OF_HACKNEY);

    QueryOutcome.Answered answer = answered(query("anna"));

    assertThat(answer.authorities())
        .extracting(each -> each.authority().code(), AuthorityPlans::plans)
        .containsExactly(
            tuple(HACKNEY, List.of(OF_HACKNEY)), tuple(TOWER_HAMLETS, List.of(OF_TOWER_HAMLETS)));
    assertThat(answer.authorities())
        .extracting(each -> each.authority().contacts().emergencyDutyTeam().number())
        .containsExactly("020 7946 0003", "020 7946 0001");
  }

  @Test
  void showsTheTelephoneOfTonightNotThatOfTheDayTheRecordWasLoaded() {
    services.hold(OF_HACKNEY);
    services.store().change(tx -> tx.authorities().setContacts(HACKNEY, contacts("020 7946 0999")));

    assertThat(answered(query("anna")).authorities().get(0).authority().contacts())
        .isEqualTo(contacts("020 7946 0999"));
  }

  @Test
  void aPersonNotOnTheRegisterIsADefiniteAnswerThatIsAuditedAndToldToNobody() {
    QueryOutcome.Answered answer = answered(query("anna"));

    assertThat(answer.found()).isFalse();
    assertThat(answer.history()).isEmpty();
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED)).containsExactly("NOTHING_FOUND");
    assertThat(services.owedTo(TOWER_HAMLETS)).isEmpty();
  }

  @Test
  void accessesThatFoundNothingAppearNowhereOnceTheChildIsOnTheRegister() {
    answered(query("anna"));
    services.hold(OF_HACKNEY);
    services.clock().advance(Duration.ofMinutes(1));

    assertThat(users(answered(query("ben")))).containsExactly("Siân Nurse-ben");
  }

  @Test
  void everyAuthorityWithAVisibleRecordIsToldEndedOnesIncluded() {
    Plan ended =
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2025, 11, 20)));
    services.hold(OF_TOWER_HAMLETS, ended);

    answered(query("anna"));

    Notification hackney = services.owedTo(HACKNEY).get(0);
    assertThat(hackney.records()).singleElement().matches(record -> !record.active());
    AccessNotification towerHamlets = (AccessNotification) services.owedTo(TOWER_HAMLETS).get(0);
    assertThat(towerHamlets.records()).singleElement().matches(record -> record.active());
    assertThat(towerHamlets.number()).isEqualTo(1);
    assertThat(towerHamlets.access().userName()).isEqualTo("Siân Nurse-anna");
    assertThat(towerHamlets.access().setting()).contains(CareSetting.EMERGENCY_DEPARTMENT);
  }

  @Test
  void aRecordIsShownUntilTwelveMonthsAfterItsEndAndNotADayLonger() {
    services.hold(
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2025, 11, 20))));

    assertThat(answered(query("anna")).found()).isTrue();
    services.clock().advance(Duration.ofHours(3));
    assertThat(answered(query("anna")).found()).isFalse();
  }

  @Test
  void theSitesTelephoneStandsInWhereTheUserLeavesNone() {
    services.hold(OF_HACKNEY);
    answered(query("anna"));
    Author withTelephone =
        new Author.Person(
            "ben",
            Optional.empty(),
            new JobRole("R0260", "Nurse"),
            new StaffName(Optional.empty(), Optional.empty(), "Nurse-ben"),
            nurse("ben").organisation(),
            Optional.of(new Telephone("07700 900123")));
    answered(query(withTelephone));

    assertThat(services.owedTo(HACKNEY))
        .extracting(notification -> ((AccessNotification) notification).access().ringBack())
        .containsExactly(
            Optional.of(TestServices.HOMERTON_TELEPHONE),
            Optional.of(new Telephone("07700 900123")));
  }

  @Test
  void showsTheLatest25AccessesNewestFirstTheAskersOwnIncluded() {
    services.hold(OF_HACKNEY);
    for (int i = 0; i < 30; i++) {
      answered(query("user" + i));
      services.clock().advance(Duration.ofMinutes(1));
    }

    List<String> users = users(answered(query("anna")));

    assertThat(users).hasSize(25).startsWith("Siân Nurse-anna", "Siân Nurse-user29");
    assertThat(users).endsWith("Siân Nurse-user6");
  }

  @Test
  void theAskersRunningWindowTakesTheLastPlaceWhen25NewerAccessesExist() {
    services.hold(OF_HACKNEY);
    answered(query("anna"));
    for (int i = 0; i < 25; i++) {
      services.clock().advance(Duration.ofMinutes(1));
      answered(query("user" + i));
    }

    QueryOutcome.Answered again = answered(query("anna"));

    assertThat(users(again)).hasSize(25).startsWith("Siân Nurse-user24");
    assertThat(again.history().get(24).userName()).isEqualTo("Siân Nurse-anna");
    assertThat(again.history().get(24).at()).isEqualTo(TestServices.START);
  }

  @Test
  void theSameUserShowsOnceIn24HoursButIsToldEachTime() {
    services.hold(OF_HACKNEY);
    answered(query("anna"));
    services.clock().advance(Duration.ofHours(24).minusMillis(1));
    assertThat(answered(query("anna")).history()).hasSize(1);
    services.clock().advance(Duration.ofMillis(1));

    assertThat(answered(query("anna")).history())
        .extracting(ShownAccess::at)
        .containsExactly(TestServices.START.plus(Duration.ofHours(24)), TestServices.START);
    assertThat(services.owedTo(HACKNEY)).hasSize(3);
  }

  @Test
  void aSilentReadIsAuditedButNeitherToldNorShown() {
    services.hold(OF_HACKNEY);

    QueryOutcome.Answered answer = answered(scheduled(nurse("anna"), ActivityCode.B0170));

    assertThat(answer.found()).isTrue();
    assertThat(answer.history()).isEmpty();
    assertThat(services.owedTo(HACKNEY)).isEmpty();
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED)).containsExactly("FOUND");
  }

  @Test
  void aScheduledAccessWithNotificationIsToldButNotShown() {
    services.hold(OF_HACKNEY);

    QueryOutcome.Answered answer = answered(scheduled(nurse("anna"), ActivityCode.B0107));

    assertThat(answer.history()).isEmpty();
    assertThat(services.owedTo(HACKNEY)).hasSize(1);
  }

  @Test
  void refusesAnAuthorOfAnotherOrganisationAndAuditsIt() {
    services.hold(OF_HACKNEY);
    Author stranger =
        new Author.Person(
            "eve",
            Optional.empty(),
            new JobRole("R0260", "Nurse"),
            new StaffName(Optional.empty(), Optional.empty(), "Stranger"),
            new Organisation(new OdsCode("RJ100"), "Elsewhere"),
            Optional.empty());

    assertThat(queries.answer(query(stranger), homerton()))
        .isEqualTo(new QueryOutcome.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
    assertThat(services.entries(AuditEvent.MESSAGE_REFUSED))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo("ORGANISATION_NOT_ALLOWED");
              assertThat(entry.person()).contains(CHILD);
              assertThat(entry.author()).contains(stranger);
            });
    assertThat(services.owedTo(HACKNEY)).isEmpty();
  }

  @Test
  void answersTheSameQueryAgainForTenMinutesWithoutASecondAccess() {
    services.hold(OF_HACKNEY);
    PlanQuery query = query("anna");
    QueryOutcome first = queries.answer(query, homerton());
    services.clock().advance(Duration.ofMinutes(5));
    answered(query("ben"));
    services.clock().advance(Duration.ofMinutes(5));

    assertThat(queries.answer(query, homerton())).isEqualTo(first);
    assertThat(services.owedTo(HACKNEY)).hasSize(2);
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED)).hasSize(2);
    assertThat(services.audited(AuditEvent.QUERY_REPEATED)).containsExactly("ANSWERED_AGAIN");
  }

  @Test
  void copiesOfOneQueryAtTheSameMomentAreOneAccess() {
    services.hold(OF_HACKNEY);
    PlanQuery query = query("anna");
    List<CompletableFuture<QueryOutcome>> copies =
        IntStream.range(0, 12)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> queries.answer(query, homerton())))
            .toList();

    assertThat(copies.stream().map(CompletableFuture::join).distinct())
        .singleElement()
        .isInstanceOf(QueryOutcome.Answered.class);
    assertThat(services.owedTo(HACKNEY)).hasSize(1);
    assertThat(services.audited(AuditEvent.QUERY_REPEATED)).hasSize(11);
  }

  @Test
  void refusesTheSameQueryAfterTenMinutes() {
    services.hold(OF_HACKNEY);
    PlanQuery query = query("anna");
    queries.answer(query, homerton());
    services.clock().advance(Duration.ofMinutes(10).plusMillis(1));

    assertThat(queries.answer(query, homerton()))
        .isEqualTo(new QueryOutcome.Refused(RejectionReason.QUERY_REPEATED_TOO_LATE));
    assertThat(services.audited(AuditEvent.QUERY_REPEATED))
        .containsExactly("QUERY_REPEATED_TOO_LATE");
  }

  @Test
  void refusesOtherContentUnderTheSameMessageId() {
    services.hold(OF_HACKNEY);
    PlanQuery query = query("anna");
    queries.answer(query, homerton());

    assertThat(
            queries.answer(
                query(query.messageId(), new ContentDigest("f".repeat(64)), nurse("anna")),
                homerton()))
        .isEqualTo(new QueryOutcome.Refused(RejectionReason.MESSAGE_ID_REUSED));
    assertThat(services.owedTo(HACKNEY)).hasSize(1);
  }

  @Test
  void aRepeatLeavesOutWhatWasDeletedAndShowsNothingThatWasNotTold() {
    services.hold(OF_HACKNEY);
    PlanQuery query = query("anna");
    queries.answer(query, homerton());
    services.hold(OF_TOWER_HAMLETS);
    assertThat(((QueryOutcome.Answered) queries.answer(query, homerton())).authorities())
        .extracting(each -> each.authority().code())
        .containsExactly(HACKNEY);

    services
        .store()
        .change(
            tx ->
                tx.plans()
                    .delete(
                        OF_HACKNEY.key(),
                        new SubmissionReference(newMessageId(), 8),
                        services.clock().instant()));

    assertThat(answered(query).found()).isFalse();
    assertThat(answered(query).history()).isEmpty();
  }

  @Test
  void aRepeatOfNoRecordsFoundStaysSoForItsTenMinutes() {
    PlanQuery query = query("anna");
    queries.answer(query, homerton());
    services.hold(OF_HACKNEY);

    assertThat(answered(query).found()).isFalse();
    assertThat(answered(query("anna")).found()).isTrue();
  }

  @Test
  void aSilentReadIsAnsweredAgainToo() {
    services.hold(OF_HACKNEY);
    PlanQuery silent = scheduled(nurse("anna"), ActivityCode.B0170);
    QueryOutcome first = queries.answer(silent, homerton());

    assertThat(queries.answer(silent, homerton())).isEqualTo(first);
  }

  @Test
  void saysThatTheStoreIsUnavailableInsteadOfAnsweringWithoutIt() {
    services.hold(OF_HACKNEY);
    services.close();

    assertThat(queries.answer(query("anna"), homerton()))
        .isEqualTo(new QueryOutcome.Refused(RejectionReason.STORE_UNAVAILABLE));
  }

  private QueryOutcome.Answered answered(PlanQuery query) {
    QueryOutcome outcome = queries.answer(query, homerton());
    assertThat(outcome).isInstanceOf(QueryOutcome.Answered.class);
    return (QueryOutcome.Answered) outcome;
  }

  private static List<String> users(QueryOutcome.Answered answer) {
    return answer.history().stream().map(ShownAccess::userName).toList();
  }

  private static PlanQuery query(String userId) {
    return query(nurse(userId));
  }

  private static PlanQuery query(Author author) {
    return query(newMessageId(), new ContentDigest("a".repeat(64)), author);
  }

  private static PlanQuery query(MessageId id, ContentDigest digest, Author author) {
    return new PlanQuery(
        id,
        digest,
        CHILD,
        author,
        ActivityCode.B0107,
        Optional.of(CareSetting.EMERGENCY_DEPARTMENT));
  }

  private static PlanQuery scheduled(Author author, ActivityCode code) {
    return new PlanQuery(
        newMessageId(),
        new ContentDigest("a".repeat(64)),
        CHILD,
        author,
        code,
        Optional.of(CareSetting.SEXUAL_ASSAULT_REFERRAL_CENTRE));
  }
}
