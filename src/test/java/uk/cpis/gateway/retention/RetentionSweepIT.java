package uk.cpis.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.LUCJA;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.SignedRequest;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.evidence.Finding;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Verification;
import uk.cpis.gateway.security.RequestPacking;
import uk.cpis.gateway.store.KeptMessages;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Settlement;
import uk.cpis.gateway.testing.StoreRows;
import uk.cpis.gateway.testing.TestSealing;

/** Rules 6 and 12 and the end of cpis.md §2, on a real store: what goes, when, and what stays. */
class RetentionSweepIT {

  /** The clock stands at a Friday evening, the last day on which this one is shown. */
  private static final Plan LAST_DAY =
      plan(
          TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2025, 11, 20)));

  private static final Plan OPEN = plan(HACKNEY, OTHER_CHILD, PlanType.LOOKED_AFTER);

  @TempDir Path folder;
  private SweptServices swept;

  @BeforeEach
  void open() {
    swept = new SweptServices(folder);
  }

  @AfterEach
  void close() {
    swept.close();
  }

  @Test
  void aRecordIsShownOnItsLastDayAndGoneTheDayAfterEvenWithoutASweep() {
    swept.services.hold(LAST_DAY);

    assertThat(swept.sweep().removed("records")).isZero();
    assertThat(SweptServices.plans(swept.query(CHILD, "anna"))).containsExactly(LAST_DAY);
    midnightPasses();

    assertThat(SweptServices.plans(swept.query(CHILD, "ben"))).isEmpty();
    assertThat(isStored(LAST_DAY.key())).isTrue();
  }

  @Test
  void theSweepRemovesItFromTheStoreTheDayAfterAndTheAuditKeepsThatItWasThere() {
    swept.services.hold(LAST_DAY, OPEN);
    swept.query(CHILD, "anna");
    midnightPasses();

    SweepReport report = swept.sweep();

    assertThat(report.complete()).isTrue();
    assertThat(report.removed("records")).isEqualTo(1);
    assertThat(isStored(LAST_DAY.key())).isFalse();
    assertThat(isStored(OPEN.key())).isTrue();
    awaitPurged(LAST_DAY.key());
    assertThat(swept.services.entries(AuditEvent.PLAN_PURGED))
        .extracting(AuditEntry::at)
        .containsExactly(swept.services.clock().instant());
    assertThat(swept.services.audited(AuditEvent.QUERY_ANSWERED)).containsExactly("FOUND");
  }

  @Test
  void sweepingAgainChangesNothing() {
    swept.services.hold(LAST_DAY);
    swept.query(CHILD, "anna");
    swept.settleAll(TOWER_HAMLETS);
    swept.daysPass(40);
    swept.sweep();
    await().until(() -> !swept.services.entries(AuditEvent.PLAN_PURGED).isEmpty());
    List<AuditEntry> audited = swept.services.entries(AuditEvent.PLAN_PURGED);

    SweepReport second = swept.sweep();

    assertThat(second.complete()).isTrue();
    assertThat(second.swept()).allMatch(each -> each.removed() == 0);
    assertThat(swept.services.entries(AuditEvent.PLAN_PURGED)).isEqualTo(audited);
  }

  @Test
  void withARecordGoWhatTheAuthorityHeldOfTheSameTypeUnderOlderNumbers() {
    NhsNumber older = CHILD;
    NhsNumber newer = OTHER_CHILD;
    Plan hidden = plan(TOWER_HAMLETS, older, PlanType.CHILD_PROTECTION);
    Plan otherType = plan(TOWER_HAMLETS, older, PlanType.LOOKED_AFTER);
    Plan ofAnother = plan(HACKNEY, older, PlanType.CHILD_PROTECTION);
    Plan sentAgain = plan(TOWER_HAMLETS, newer, PlanType.CHILD_PROTECTION, LAST_DAY.period().end());
    swept.services.hold(hidden, otherType, ofAnother);
    supersede(older, newer);
    swept.services.clock().advance(Duration.ofSeconds(1));
    swept.services.hold(sentAgain);
    midnightPasses();

    assertThat(swept.sweep().removed("records")).isEqualTo(2);

    assertThat(List.of(hidden, otherType, ofAnother, sentAgain))
        .extracting(each -> isStored(each.key()))
        .containsExactly(false, true, true, false);
    awaitPurged(sentAgain.key(), hidden.key());
    assertThat(SweptServices.plans(swept.query(newer, "anna")))
        .extracting(Plan::key)
        .containsExactlyInAnyOrder(otherType.key(), ofAnother.key());
  }

  @Test
  void whatTheAuthorityHeldUnderTheNewerNumberBeforeTheMergeTakesNothingWithIt() {
    Plan stillShown = plan(TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION);
    Plan endedBefore =
        plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.CHILD_PROTECTION, LAST_DAY.period().end());
    swept.services.hold(stillShown, endedBefore);
    swept.services.clock().advance(Duration.ofSeconds(1));
    supersede(CHILD, OTHER_CHILD);
    midnightPasses();

    assertThat(swept.sweep().removed("records")).isEqualTo(1);

    assertThat(SweptServices.plans(swept.query(OTHER_CHILD, "anna")))
        .extracting(Plan::key)
        .containsExactly(stillShown.key());
  }

  @Test
  void theHistoryStaysAsLongAsAnybodyHoldsARecordUnderAnyNumberOfThePerson() {
    swept.services.hold(LAST_DAY, plan(HACKNEY, OTHER_CHILD, PlanType.LOOKED_AFTER));
    swept.query(CHILD, "anna");
    supersede(CHILD, OTHER_CHILD);
    midnightPasses();

    SweepReport report = swept.sweep();

    assertThat(report.removed("records")).isEqualTo(1);
    assertThat(report.removed("shownAccesses")).isZero();
    assertThat(swept.query(OTHER_CHILD, "ben").history())
        .extracting(ShownAccess::userName)
        .containsExactly("Siân Nurse-ben", "Siân Nurse-anna");
  }

  @Test
  void noHistoryIsLeftAfterTheLastRecordWasPurgedOrDeleted() {
    swept.services.know(current(OTHER_CHILD));
    Plan deleted = plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.LOOKED_AFTER);
    swept.services.hold(LAST_DAY, deleted);
    swept.query(CHILD, "anna");
    swept.query(OTHER_CHILD, "ben");
    swept.send(SweptServices.submission(Submission.Kind.DELETE, TOWER_HAMLETS, 9, "1", deleted));
    midnightPasses();

    assertThat(swept.sweep().removed("shownAccesses")).isEqualTo(2);

    assertThat(StoreRows.tablesWith(swept.store, "Nurse-anna")).doesNotContain("SHOWN_ACCESS");
    swept.services.hold(OPEN);
    assertThat(swept.query(OTHER_CHILD, "carl").history())
        .extracting(ShownAccess::userName)
        .containsExactly("Siân Nurse-carl");
    assertThat(swept.services.audited(AuditEvent.QUERY_ANSWERED)).hasSize(3);
  }

  @Test
  void nothingOfAPersonIsLeftInAnyTableButTheAuditOncePurgedAndErased() {
    swept.services.know(current(CHILD));
    swept.send(SweptServices.submission(Submission.Kind.UPDATE, TOWER_HAMLETS, 8, "1", LAST_DAY));
    swept.query(CHILD, "anna");
    swept.settleAll(TOWER_HAMLETS);
    assertThat(ofThePerson()).contains("PLAN", "SHOWN_ACCESS", "OWED_NOTIFICATION", "OWED_RECORD");
    swept.daysPass(36);

    assertThat(swept.sweep().complete()).isTrue();

    assertThat(ofThePerson()).containsExactlyInAnyOrder("AUDIT_RECORD", "PERSON");
    assertThat(StoreRows.tablesWith(swept.store, LUCJA.familyName(), LUCJA.givenName(), "case-"))
        .containsExactly("PERSON");
    assertThat(StoreRows.tablesWith(swept.store, "Nurse-anna")).containsExactly("AUDIT_RECORD");
  }

  @Test
  void anErasedNotificationSaysWhoWasToldWhenAndCannotBeDeliveredAgain() {
    swept.services.hold(OPEN);
    swept.query(OTHER_CHILD, "anna");
    NotificationId told = swept.settleAll(HACKNEY).get(0);
    Instant settled = swept.services.clock().instant();
    swept.daysPass(30);
    assertThat(swept.sweep().removed("notificationsErased")).isZero();
    assertThat(isReadable(told)).isTrue();
    swept.services.clock().advance(Duration.ofSeconds(1));

    assertThat(swept.sweep().removed("notificationsErased")).isEqualTo(1);

    assertThat(isReadable(told)).isFalse();
    Optional<OwedReference> standing = swept.services.store().read(tx -> tx.owed().find(told));
    assertThat(standing).map(OwedReference::authority).contains(HACKNEY);
    Optional<Settlement> answer = swept.services.store().read(tx -> tx.settlements().find(told));
    assertThat(answer).map(Settlement::at).contains(settled);
    assertThat(swept.services.owedTo(HACKNEY)).isEmpty();
  }

  @Test
  void theHistoryThatAuthoritiesWereToldTogetherIsErasedWithTheLastOfThem() {
    swept.services.hold(OPEN, plan(TOWER_HAMLETS, OTHER_CHILD, PlanType.CHILD_PROTECTION));
    swept.query(OTHER_CHILD, "anna");
    swept.settleAll(HACKNEY);
    swept.daysPass(31);

    assertThat(swept.sweep().removed("notificationsErased")).isEqualTo(1);
    assertThat(StoreRows.tablesWith(swept.store, "Nurse-anna")).contains("OWED_HISTORY");
    assertThat(swept.services.owedTo(TOWER_HAMLETS)).hasSize(1);
    swept.settleAll(TOWER_HAMLETS);
    swept.daysPass(31);

    assertThat(swept.sweep().removed("notificationsErased")).isEqualTo(1);
    assertThat(StoreRows.tablesWith(swept.store, "Nurse-anna"))
        .containsExactlyInAnyOrder("AUDIT_RECORD", "SHOWN_ACCESS");
  }

  @Test
  void whatIsNotSettledKeepsAllItSaysHoweverOldItIs() {
    swept.services.hold(OPEN);
    swept.query(OTHER_CHILD, "anna");
    swept.daysPass(3_000);

    SweepReport report = swept.sweep();

    assertThat(report.removed("notificationsErased")).isZero();
    assertThat(report.removed("auditEntries")).isZero();
    assertThat(swept.services.owedTo(HACKNEY)).hasSize(1);
  }

  @Test
  void whatIsLeftOfTheAuditIsVerifiedAfterPurgingErasingAndExpiring() throws IOException {
    swept.services.hold(LAST_DAY, OPEN);
    swept.query(CHILD, "anna");
    swept.query(OTHER_CHILD, "ben");
    swept.settleAll(TOWER_HAMLETS);
    swept.settleAll(HACKNEY);
    assertThat(verified("before.txt", 2_922).findings()).isEmpty();
    swept.daysPass(40);
    assertThat(swept.sweep().removed("records")).isEqualTo(1);
    assertThat(verified("purged.txt", 2_922).findings()).isEmpty();
    swept.daysPass(2_890);
    swept.query(CHILD, "cara");

    assertThat(swept.sweep().removed("auditEntries")).isEqualTo(2);

    Report report = verified("expired.txt", 2_922, "before.txt", "purged.txt");
    assertThat(report.findings()).isEmpty();
    assertThat(report.expired()).isEqualTo(2);
    assertThat(swept.services.audited(AuditEvent.AUDIT_EXPIRED)).containsExactly("1-2");
    assertThat(verified("expired.txt", 2_931).findings())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.EXPIRED_UNLAWFULLY));
  }

  @Test
  void wholeRequestsAreErasedWhenMessagesAreForgottenAndTheirSignaturesStay() throws IOException {
    UUID first = keptWhole();
    swept.daysPass(30);
    UUID second = keptWhole();
    assertThat(swept.sweep().removed("requestsErased")).isZero();
    swept.daysPass(6);

    SweepReport report = swept.sweep();

    assertThat(report.complete()).isTrue();
    assertThat(report.removed("requestsErased")).isEqualTo(1);
    assertThat(kept(first).message()).isEmpty();
    assertThat(kept(first).signature()).isPresent();
    assertThat(kept(second).message()).isPresent();
    swept.daysPass(36);
    assertThat(swept.sweep().removed("requestsErased")).isEqualTo(1);
    assertThat(swept.sweep().removed("requestsErased")).isZero();
    assertThat(StoreRows.tablesWith(swept.store, "<whole/>")).isEmpty();
  }

  private UUID keptWhole() {
    UUID id = UUID.randomUUID();
    CertificateFingerprint certificate = new CertificateFingerprint("ab".repeat(32));
    byte[] whole = "<whole/>".getBytes(StandardCharsets.UTF_8);
    swept
        .services
        .store()
        .writer()
        .submit(
            new AuditEntry(
                id,
                swept.services.clock().instant(),
                AuditEvent.UPDATE_ACKNOWLEDGED,
                "CPF02",
                Optional.of(
                    new AuditEntry.Origin(
                        new Asid("200000000201"),
                        certificate,
                        certificate,
                        "127.0.0.1",
                        false,
                        Optional.of(
                            new SignedRequest(
                                "cd".repeat(32), Optional.of(whole), Optional.of(whole))))),
                Optional.of(TOWER_HAMLETS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .join();
    return id;
  }

  private KeptMessages.Kept kept(UUID id) {
    return swept
        .services
        .store()
        .read(tx -> tx.keptMessages().of(tx.audit().find(id).orElseThrow().number().orElseThrow()))
        .orElseThrow();
  }

  private Report verified(String name, int days, String... earlier) throws IOException {
    Path file = folder.resolve(name);
    AuditExport export =
        new AuditExport(
            swept.services.store(),
            new Asid("200000000001"),
            TestSealing.key(),
            swept.services.clock(),
            RequestPacking::unpacked);
    // what tells that records went is numbered by the writer, soon after they went
    await()
        .until(
            () -> {
              TestSealing.of(swept.services).sealAll();
              try (OutputStream out = Files.newOutputStream(file)) {
                return export.write(out).isPresent();
              }
            });
    return new Verification(
            file,
            List.of(TestSealing.certificate()),
            Stream.of(earlier).map(folder::resolve).toList(),
            List.of(),
            Duration.ofDays(days))
        .report();
  }

  @Test
  void theAuditStaysForItsOwnTimeAndGoesAfterIt() {
    swept.services.hold(OPEN);
    swept.query(OTHER_CHILD, "anna");
    swept.query(CHILD, "ben");
    swept.settleAll(HACKNEY);
    swept.daysPass(2_922);
    assertThat(swept.sweep().removed("auditEntries")).isZero();
    swept.services.clock().advance(Duration.ofSeconds(1));

    assertThat(swept.sweep().removed("auditEntries")).isEqualTo(2);

    assertThat(swept.services.audited(AuditEvent.QUERY_ANSWERED)).isEmpty();
    assertThat(StoreRows.tablesWith(swept.store, "Nurse-anna")).isEmpty();
  }

  @Test
  void theSameSubmissionIsAnsweredSensiblyAfterItsMemoryIsGone() {
    swept.services.know(current(OTHER_CHILD), current(CHILD));
    Plan deletedLater = plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER);
    Submission first =
        SweptServices.submission(Submission.Kind.UPDATE, HACKNEY, 5, "1", OPEN, deletedLater);
    swept.send(first);
    swept.send(SweptServices.submission(Submission.Kind.DELETE, HACKNEY, 6, "2", deletedLater));
    swept.daysPass(36);
    SweepReport report = swept.sweep();
    assertThat(report.removed("messagesForgotten")).isEqualTo(2);
    assertThat(report.removed("submissions")).isEqualTo(2);

    assertThat(swept.send(first).records())
        .extracting(RecordOutcome::detail)
        .containsExactly(Optional.empty(), Optional.of(DetailCode.NEWER_SUBMISSION_APPLIED));
    assertThat(SweptServices.plans(swept.query(CHILD, "anna"))).isEmpty();
  }

  @Test
  void anAcknowledgementIsKeptAsLongAsAMessageThatWasAnsweredWithIt() {
    swept.services.know(current(OTHER_CHILD));
    swept.send(SweptServices.submission(Submission.Kind.UPDATE, HACKNEY, 5, "1", OPEN));
    swept.daysPass(30);
    Submission again = SweptServices.submission(Submission.Kind.UPDATE, HACKNEY, 5, "1", OPEN);
    swept.send(again);
    swept.daysPass(10);

    assertThat(swept.sweep().removed("submissions")).isZero();

    assertThat(swept.send(again).fileCode()).isEqualTo(FileCode.CPF02);
    await()
        .untilAsserted(
            () -> assertThat(swept.services.audited(AuditEvent.SUBMISSION_REPEATED)).hasSize(2));
  }

  @Test
  void aRecordIsNotMadeAgainByAnOldSubmissionWhenEvenItsTraceIsGone() {
    swept.services.know(current(OTHER_CHILD), current(CHILD));
    Submission first = SweptServices.submission(Submission.Kind.UPDATE, HACKNEY, 5, "1", OPEN);
    swept.send(first);
    swept.send(SweptServices.submission(Submission.Kind.DELETE, HACKNEY, 6, "2", OPEN));
    swept.daysPass(401);
    assertThat(swept.sweep().removed("traces")).isEqualTo(1);
    assertThat(StoreRows.tablesWith(swept.store, OTHER_CHILD.digits())).doesNotContain("PLAN");

    assertThat(swept.send(first).records())
        .extracting(RecordOutcome::detail)
        .containsExactly(Optional.of(DetailCode.NEWER_SUBMISSION_APPLIED));
    Submission newer = SweptServices.submission(Submission.Kind.UPDATE, HACKNEY, 7, "3", OPEN);
    assertThat(swept.send(newer).fileCode()).isEqualTo(FileCode.CPF02);
  }

  @Test
  void endsBetweenAnyTwoBatchesAndTheNextSweepTakesUpTheRest() {
    Plan[] past =
        List.of(CHILD, OTHER_CHILD, new NhsNumber("9990000042"), new NhsNumber("9990000050"))
            .stream()
            .map(person -> plan(HACKNEY, person, PlanType.LOOKED_AFTER, LAST_DAY.period().end()))
            .toArray(Plan[]::new);
    swept.services.hold(past);
    List.of(past).forEach(each -> swept.query(each.key().person(), "anna"));
    swept.settleAll(HACKNEY);
    swept.daysPass(36);

    int sweeps = 0;
    SweepReport report;
    do {
      AtomicInteger left = new AtomicInteger(sweeps + 1);
      report = swept.sweep(() -> left.decrementAndGet() >= 0);
      sweeps++;
    } while (!report.complete() && sweeps < 50);

    assertThat(sweeps).isGreaterThan(3);
    awaitPurged(keys(past).toArray(PlanKey[]::new));
    assertThat(ofThePerson()).containsExactly("AUDIT_RECORD");
    assertThat(swept.sweep().swept()).allMatch(each -> each.removed() == 0);
  }

  /** What a sweep audits is numbered by the writer, soon after it: only then can it be read. */
  private void awaitPurged(PlanKey... keys) {
    await().untilAsserted(() -> assertThat(purged()).containsExactlyInAnyOrder(keys));
  }

  private static List<PlanKey> keys(Plan... plans) {
    return List.of(plans).stream().map(Plan::key).toList();
  }

  private void midnightPasses() {
    swept.services.clock().advance(Duration.ofHours(3));
  }

  private void supersede(NhsNumber older, NhsNumber newer) {
    swept
        .services
        .store()
        .change(
            tx ->
                tx.standings()
                    .put(
                        older,
                        new NumberStanding.Superseded(Optional.of(newer)),
                        swept.services.clock().instant()));
  }

  private boolean isReadable(NotificationId id) {
    return swept.services.store().read(tx -> tx.owed().notification(id).isPresent());
  }

  private boolean isStored(PlanKey key) {
    return swept.services.store().read(tx -> tx.plans().find(key).isPresent());
  }

  private Set<String> ofThePerson() {
    return StoreRows.tablesWith(swept.store, CHILD.digits());
  }

  private List<PlanKey> purged() {
    return swept.services.entries(AuditEvent.PLAN_PURGED).stream()
        .map(
            entry ->
                new PlanKey(
                    entry.organisation().orElseThrow(),
                    entry.person().orElseThrow(),
                    entry.planType().orElseThrow()))
        .toList();
  }
}
