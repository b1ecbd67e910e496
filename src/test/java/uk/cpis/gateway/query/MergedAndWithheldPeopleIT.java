package uk.cpis.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.testing.TestServices;

/** Rules 14 and 19: a merge hides no child, and of whom is withheld nothing is shown. */
class MergedAndWithheldPeopleIT {

  private static final NhsNumber OLD = new NhsNumber("9990000018");
  private static final NhsNumber NEW = new NhsNumber("9990000026");
  private static final Plan UNDER_OLD = plan(TOWER_HAMLETS, OLD, PlanType.LOOKED_AFTER);
  private static final Plan UNDER_NEW = plan(HACKNEY, NEW, PlanType.CHILD_PROTECTION);

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
  void aMergedChildIsAnsweredTheSameUnderEitherNumber() {
    services.hold(UNDER_OLD, UNDER_NEW);
    merge();

    assertThat(plans(ask(OLD, "anna"))).containsExactly(UNDER_NEW, UNDER_OLD);
    assertThat(plans(ask(NEW, "ben"))).containsExactly(UNDER_NEW, UNDER_OLD);
  }

  @Test
  void aMergeTellsEveryAuthorityOfEitherNumberOnceAndUnderTheNewestOfItsOwn() {
    Plan both = plan(HACKNEY, OLD, PlanType.LOOKED_AFTER);
    services.hold(UNDER_OLD, UNDER_NEW, both);
    merge();

    ask(OLD, "anna");

    Notification towerHamlets = only(services.owedTo(TOWER_HAMLETS));
    assertThat(towerHamlets.person()).isEqualTo(OLD);
    Notification hackney = only(services.owedTo(HACKNEY));
    assertThat(hackney.person()).isEqualTo(NEW);
    assertThat(hackney.records()).hasSize(2);
  }

  @Test
  void aRecordSentAgainUnderTheNewNumberTakesThePlaceOfTheOld() {
    services.hold(UNDER_OLD);
    merge();
    services.clock().advance(Duration.ofHours(1));
    Plan again =
        plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER, Optional.of(LocalDate.of(2026, 11, 20)));
    services.hold(again);

    assertThat(plans(ask(OLD, "anna"))).containsExactly(again);
  }

  @Test
  void theSameSentUnderTheNewNumberBeforeTheMergeWasKnownTakesThePlaceOfTheOldToo() {
    Plan again = plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER);
    services.hold(UNDER_OLD, again);
    services.clock().advance(Duration.ofHours(1));
    merge();

    assertThat(plans(ask(OLD, "anna"))).containsExactly(again);
  }

  @Test
  void anEndedRecordFromBeforeTheMergeDoesNotHideTheOneInForceUnderTheOldNumber() {
    Plan ended =
        plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER, Optional.of(LocalDate.of(2026, 3, 1)));
    services.hold(UNDER_OLD, ended);
    services.clock().advance(Duration.ofHours(1));
    merge();

    assertThat(plans(ask(NEW, "anna"))).containsExactly(ended, UNDER_OLD);
  }

  @Test
  void aRecordDeletedUnderTheNewNumberDoesNotHideTheOldOne() {
    services.hold(UNDER_OLD);
    merge();
    Plan again = plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER);
    services.hold(again);
    services
        .store()
        .change(
            tx ->
                tx.plans()
                    .delete(
                        again.key(),
                        new SubmissionReference(newMessageId(), 9),
                        services.clock().instant()));

    assertThat(plans(ask(NEW, "anna"))).containsExactly(UNDER_OLD);
  }

  @Test
  void aRecordPurgedUnderTheNewNumberDoesNotBringTheOldOneBack() {
    services.hold(UNDER_OLD);
    merge();
    Plan again =
        plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER, Optional.of(LocalDate.of(2026, 11, 20)));
    services.hold(again);

    services
        .store()
        .change(
            tx -> {
              List<PlanKey> replaced = tx.retention().plans().replacedBy(again.key());
              tx.retention().plans().removeRecord(again.key());
              replaced.forEach(tx.retention().plans()::removeRecord);
            });

    assertThat(plans(ask(OLD, "anna"))).isEmpty();
  }

  @Test
  void aMergedChildHasOneHistoryWhicheverNumberWasAskedFor() {
    services.hold(UNDER_OLD, UNDER_NEW);
    ask(OLD, "anna");
    services.clock().advance(Duration.ofMinutes(1));
    ask(NEW, "ben");
    services.clock().advance(Duration.ofMinutes(1));
    merge();

    assertThat(users(ask(OLD, "cleo")))
        .containsExactly("Siân Nurse-cleo", "Siân Nurse-ben", "Siân Nurse-anna");
  }

  @Test
  void aMergedChildHasOneWindowOf24HoursWhicheverNumberWasAskedFor() {
    services.hold(UNDER_OLD);
    merge();
    ask(OLD, "anna");
    services.clock().advance(Duration.ofHours(23));

    assertThat(users(ask(NEW, "anna"))).containsExactly("Siân Nurse-anna");
    assertThat(services.owedTo(TOWER_HAMLETS)).hasSize(2);

    services.clock().advance(Duration.ofHours(1));
    assertThat(users(ask(NEW, "anna"))).hasSize(2);
  }

  @Test
  void theCountsOfAccessesFollowAMergedChildUnderEitherNumber() {
    services.hold(UNDER_OLD);
    merge();
    ask(OLD, "anna");
    services.clock().advance(Duration.ofDays(2));
    ask(NEW, "ben");

    AccessNotification second = (AccessNotification) services.owedTo(TOWER_HAMLETS).get(1);
    assertThat(second.patterns().orElseThrow().last7Days().accesses()).isEqualTo(2);
    assertThat(second.history()).hasSize(2);
  }

  @Test
  void anAuthorityReadsTheHistoryOfAMergedChildUnderEitherNumber() {
    services.hold(UNDER_OLD);
    merge();
    ask(NEW, "anna");

    for (NhsNumber asked : List.of(OLD, NEW)) {
      List<ShownAccess> history =
          services.store().read(tx -> tx.accesses().history(tx.standings().linked(asked)));
      assertThat(history).hasSize(1);
    }
  }

  @Test
  void underAnAdoptedChildsOldNumberNobodyIsFound() {
    services.hold(UNDER_OLD, UNDER_NEW);
    merge();
    services.stand(OLD, new NumberStanding.Invalidated());

    nothingIsShownToldOrHinted(OLD);
    assertThat(plans(ask(NEW, "ben"))).containsExactly(UNDER_NEW);
  }

  @Test
  void aSensitivePersonLooksLikeOneNotOnTheRegister() {
    services.hold(UNDER_OLD);
    ask(OLD, "anna");
    int told = services.owedTo(TOWER_HAMLETS).size();
    services.stand(OLD, new NumberStanding.Sensitive());

    QueryOutcome.Answered answer = ask(OLD, "ben");

    assertThat(answer).isEqualTo(new QueryOutcome.Answered(answer.at(), List.of(), List.of()));
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED))
        .containsExactly("FOUND", "NOTHING_FOUND");
    assertThat(services.owedTo(TOWER_HAMLETS)).hasSize(told);
  }

  @Test
  void aSensitivePersonIsWithheldUnderTheNumbersMergedIntoHersToo() {
    services.hold(UNDER_OLD, UNDER_NEW);
    merge();
    services.stand(NEW, new NumberStanding.Sensitive());

    nothingIsShownToldOrHinted(OLD);
    nothingIsShownToldOrHinted(NEW);
  }

  @Test
  void aPersonNoLongerSensitiveIsShownAgain() {
    services.hold(UNDER_OLD);
    services.stand(OLD, new NumberStanding.Sensitive());
    services.stand(OLD, new NumberStanding.Current());

    assertThat(plans(ask(OLD, "anna"))).containsExactly(UNDER_OLD);
  }

  @Test
  void aNumberSupersededWithoutAReplacementIsAnsweredAsBefore() {
    services.hold(UNDER_OLD);
    services.stand(OLD, new NumberStanding.Superseded(Optional.empty()));

    assertThat(plans(ask(OLD, "anna"))).containsExactly(UNDER_OLD);
  }

  @Test
  void aRepeatedQueryShowsWhatWasSentAgainUnderTheNewNumberSince() {
    services.hold(UNDER_OLD);
    PlanQuery query = query(OLD, "anna");
    queries.answer(query, homerton());
    merge();
    Plan again = plan(TOWER_HAMLETS, NEW, PlanType.LOOKED_AFTER);
    services.hold(again, plan(HACKNEY, NEW, PlanType.CHILD_PROTECTION));

    QueryOutcome.Answered repeated = (QueryOutcome.Answered) queries.answer(query, homerton());

    assertThat(plans(repeated)).containsExactly(again);
    assertThat(services.owedTo(HACKNEY)).isEmpty();
  }

  @Test
  void aRepeatedQueryShowsNothingOnceThePersonIsWithheld() {
    services.hold(UNDER_OLD);
    PlanQuery query = query(OLD, "anna");
    queries.answer(query, homerton());
    services.stand(OLD, new NumberStanding.Sensitive());

    QueryOutcome.Answered repeated = (QueryOutcome.Answered) queries.answer(query, homerton());

    assertThat(repeated.authorities()).isEmpty();
    assertThat(repeated.history()).isEmpty();
  }

  private void merge() {
    services.stand(OLD, new NumberStanding.Superseded(Optional.of(NEW)));
  }

  private void nothingIsShownToldOrHinted(NhsNumber number) {
    int found = services.audited(AuditEvent.QUERY_ANSWERED).size();
    QueryOutcome.Answered answer = ask(number, "eve");

    assertThat(answer).isEqualTo(new QueryOutcome.Answered(answer.at(), List.of(), List.of()));
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED))
        .hasSize(found + 1)
        .endsWith("NOTHING_FOUND");
    assertThat(services.owedTo(TOWER_HAMLETS)).isEmpty();
    assertThat(services.owedTo(HACKNEY)).isEmpty();
  }

  private QueryOutcome.Answered ask(NhsNumber number, String userId) {
    return (QueryOutcome.Answered) queries.answer(query(number, userId), homerton());
  }

  private static PlanQuery query(NhsNumber number, String userId) {
    MessageId id = newMessageId();
    return new PlanQuery(
        id,
        new ContentDigest("ab".repeat(32)),
        number,
        nurse(userId),
        ActivityCode.B0107,
        Optional.of(CareSetting.EMERGENCY_DEPARTMENT));
  }

  private static List<Plan> plans(QueryOutcome.Answered answer) {
    return answer.authorities().stream().flatMap(each -> each.plans().stream()).toList();
  }

  private static List<String> users(QueryOutcome.Answered answer) {
    return answer.history().stream().map(ShownAccess::userName).toList();
  }

  private static Notification only(List<Notification> owed) {
    assertThat(owed).hasSize(1);
    return owed.get(0);
  }
}
