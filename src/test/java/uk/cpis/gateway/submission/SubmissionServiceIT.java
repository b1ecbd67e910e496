package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.contacts;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.person;
import static uk.cpis.gateway.testing.Examples.plan;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.demographics.LookUps;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.Submission.Kind;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.testing.TestServices;

/** Rules 8 to 18, on a real store. */
class SubmissionServiceIT {

  @TempDir Path folder;
  private TestServices services;
  private SubmissionService submissions;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    submissions = services.submissions(services.register());
    services.know(current(CHILD));
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void loadsARecordThatIsThenVisible() {
    Acknowledgement acknowledgement = hackney(update(1, Sent.good()));

    assertThat(acknowledgement)
        .isEqualTo(
            new Acknowledgement(
                FileCode.CPF02,
                Optional.empty(),
                List.of(RecordOutcome.loaded(Optional.of("case-1")))));
    assertThat(visible(CHILD))
        .extracting(each -> each.key().authority(), each -> each.subject().familyName())
        .containsExactly(tuple(HACKNEY, "Ó Briain"));
    audited(AuditEvent.UPDATE_ACKNOWLEDGED, "CPF02");
  }

  @Test
  void aBadRecordNeverBlocksItsNeighbours() {
    services.know(
        person(OTHER_CHILD, DemographicPerson.Status.SENSITIVE, Optional.empty()),
        person(MOTHER, DemographicPerson.Status.SUPERSEDED, Optional.of(CHILD)));

    Acknowledgement acknowledgement =
        hackney(
            update(
                1,
                Sent.good().withLocalIdentifier("a").withNumber("1"),
                Sent.good().withLocalIdentifier("b"),
                Sent.good().withLocalIdentifier("c").withNumber(OTHER_CHILD.digits()),
                Sent.good().withLocalIdentifier("d").withNumber(MOTHER.digits()),
                Sent.good().withLocalIdentifier("e").withNumber("9990000042"),
                Sent.good().withLocalIdentifier("f").withType("LAC").withFamily("Other"),
                Sent.good().withLocalIdentifier("g").withType("UCP").withStart("2099-01-01")));

    assertThat(acknowledgement.fileCode()).isEqualTo(FileCode.CPF03);
    assertThat(acknowledgement.records())
        .extracting(
            each -> each.localIdentifier().orElseThrow(),
            RecordOutcome::code,
            each -> each.detail().orElse(null),
            each -> each.replacement().orElse(null))
        .containsExactly(
            tuple("a", RecordCode.CPR04, null, null),
            tuple("b", RecordCode.CPR06, null, null),
            tuple("c", RecordCode.CPR02, null, null),
            tuple("d", RecordCode.CPR05, null, CHILD),
            tuple("e", RecordCode.CPR01, null, null),
            tuple("f", RecordCode.CPR03, null, null),
            tuple("g", RecordCode.CPR07, DetailCode.START_TOO_FAR_AHEAD, null));
    assertThat(visible(CHILD)).hasSize(1);
    assertThat(visible(OTHER_CHILD)).isEmpty();
  }

  @Test
  void whereNoRecordIsLoadedTheFileSaysSo() {
    assertThat(hackney(update(1, Sent.good().withFamily("Other"))).fileCode())
        .isEqualTo(FileCode.CPF04);
  }

  @Test
  void theSameMessageAgainHasTheSameAcknowledgementAndNoSecondEffect() {
    Submission first = update(1, Sent.good());
    Acknowledgement acknowledgement = hackney(first);
    hackney(delete(2, Sent.good()));

    assertThat(hackney(first)).isEqualTo(acknowledgement);
    assertThat(visible(CHILD)).isEmpty();
    audited(AuditEvent.SUBMISSION_REPEATED, "CPF02");
  }

  @Test
  void otherContentUnderTheSameMessageIdIsRefused() {
    Submission first = update(1, Sent.good());
    hackney(first);

    assertThat(
            submissions.accept(
                submission(Kind.UPDATE, first.messageId(), 'f', 2, Sent.good()),
                socialCareOf(HACKNEY)))
        .isEqualTo(new SubmissionOutcome.Refused(RejectionReason.MESSAGE_ID_REUSED));
    audited(AuditEvent.MESSAGE_REFUSED, "MESSAGE_ID_REUSED");
  }

  @Test
  void theSameNumberWithTheSameContentHasTheFirstAcknowledgement() {
    Acknowledgement first = hackney(submission(Kind.UPDATE, newMessageId(), 'a', 1, Sent.good()));
    hackney(delete(2, Sent.good()));
    Submission again = submission(Kind.UPDATE, newMessageId(), 'a', 1, Sent.good());

    assertThat(hackney(again)).isEqualTo(first);
    assertThat(hackney(again)).isEqualTo(first);
    assertThat(visible(CHILD)).isEmpty();
  }

  @Test
  void theSameNumberWithOtherContentIsAFileLevelError() {
    hackney(submission(Kind.UPDATE, newMessageId(), 'a', 1, Sent.good()));
    Submission other = submission(Kind.UPDATE, newMessageId(), 'b', 1, Sent.good().withType("LAC"));

    Acknowledgement refusal =
        Acknowledgement.refused(FileCode.CPF01, DetailCode.SEQUENCE_NUMBER_REUSED);
    assertThat(hackney(other)).isEqualTo(refusal);
    assertThat(hackney(other)).isEqualTo(refusal);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void aWrongRecordCountIsAFileLevelErrorThatLeavesTheNumberFree() {
    Submission good = update(1, Sent.good());
    Submission miscounted =
        new Submission(
            Kind.UPDATE,
            HACKNEY,
            newMessageId(),
            new ContentDigest("e".repeat(64)),
            1,
            "Product",
            "8.1.12",
            2,
            Optional.empty(),
            good.records());

    assertThat(hackney(miscounted))
        .isEqualTo(Acknowledgement.refused(FileCode.CPF01, DetailCode.RECORD_COUNT_WRONG));
    assertThat(visible(CHILD)).isEmpty();
    assertThat(hackney(good).fileCode()).isEqualTo(FileCode.CPF02);
  }

  @Test
  void aProductBelowTheRegisteredVersionIsRefusedUntilItIsMended() {
    Submission submission = update(1, Sent.good());

    assertThat(submissions.accept(submission, socialCareOf(HACKNEY, Optional.of("8.2"))))
        .isEqualTo(
            new SubmissionOutcome.Acknowledged(
                Acknowledgement.refused(FileCode.CPF06, DetailCode.PRODUCT_VERSION_TOO_OLD)));
    assertThat(visible(CHILD)).isEmpty();
    assertThat(submissions.accept(submission, socialCareOf(HACKNEY, Optional.of("8.1.9"))))
        .isInstanceOf(SubmissionOutcome.Acknowledged.class);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void whileDemographicsAreOutOfReachNothingIsAppliedAndTheSameMayBeSentAgain() {
    Submission submission = update(1, Sent.good(), Sent.good().withNumber("1"));

    assertThat(hackney(withoutDemographics(), submission)).isEqualTo(Acknowledgement.sendAgain());
    assertThat(visible(CHILD)).isEmpty();
    audited(AuditEvent.UPDATE_ACKNOWLEDGED, "CPF05");

    assertThat(hackney(submission).fileCode()).isEqualTo(FileCode.CPF03);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void sendingTheSameRecordAgainSucceedsWhateverBecameOfTheNumber() {
    hackney(update(1, Sent.good()));
    services.know(person(CHILD, DemographicPerson.Status.INVALIDATED, Optional.empty()));

    assertThat(hackney(withoutDemographics(), update(2, Sent.good())).fileCode())
        .isEqualTo(FileCode.CPF02);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void aRecordIsEndedAndItsEndCorrectedWithoutDemographics() {
    hackney(update(1, Sent.good()));

    hackney(withoutDemographics(), update(2, Sent.good().withEnd("2026-11-19")));
    hackney(withoutDemographics(), update(3, Sent.good().withEnd("2026-11-18")));

    assertThat(visible(CHILD))
        .extracting(each -> each.period().end().orElseThrow().toString())
        .containsExactly("2026-11-18");
  }

  @Test
  void anEndBringsInNoNameThatWasNotMatched() {
    hackney(update(1, Sent.good()));
    Subject matched = visible(CHILD).get(0).subject();

    hackney(update(2, Sent.good().withFamily("Somebodyelse").withEnd("2026-11-19")));

    assertThat(visible(CHILD)).allMatch(each -> each.period().end().isPresent());
    assertThat(visible(CHILD)).allMatch(each -> each.subject().equals(matched));
  }

  @Test
  void withdrawingAnEndAsksDemographicsAgain() {
    hackney(update(1, Sent.good()));
    hackney(update(2, Sent.good().withEnd("2026-11-19")));
    services.know(person(CHILD, DemographicPerson.Status.SENSITIVE, Optional.empty()));

    assertThat(hackney(update(3, Sent.good())).records().get(0).code()).isEqualTo(RecordCode.CPR02);
    services.know(current(CHILD));
    assertThat(hackney(update(4, Sent.good())).fileCode()).isEqualTo(FileCode.CPF02);
    assertThat(visible(CHILD)).allMatch(each -> each.period().end().isEmpty());
  }

  @Test
  void deletingRemovesTheAuthoritysRecordAndNoOther() {
    Plan other = plan(TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION);
    services.hold(other);
    hackney(update(1, Sent.good(), Sent.good().withType("LAC")));

    Acknowledgement acknowledgement = hackney(withoutDemographics(), delete(2, Sent.good()));

    assertThat(acknowledgement.fileCode()).isEqualTo(FileCode.CPF02);
    assertThat(visible(CHILD))
        .extracting(each -> each.key().authority(), each -> each.key().type())
        .containsExactly(
            tuple(HACKNEY, PlanType.LOOKED_AFTER), tuple(TOWER_HAMLETS, PlanType.CHILD_PROTECTION));
    await()
        .untilAsserted(
            () ->
                assertThat(services.entries(AuditEvent.PLAN_DELETED))
                    .extracting(AuditEntry::person, AuditEntry::planType)
                    .containsExactly(
                        tuple(Optional.of(CHILD), Optional.of(PlanType.CHILD_PROTECTION))));
  }

  @Test
  void deletingWhatIsNotThereHasItsOwnDetailCode() {
    assertThat(hackney(delete(1, Sent.good())).records())
        .extracting(each -> each.detail().orElseThrow())
        .containsExactly(DetailCode.NOTHING_TO_DELETE);
  }

  @Test
  void deletingWhatIsNotThereKeepsALateUpdateFromMakingIt() {
    hackney(delete(5, Sent.good()));

    assertThat(hackney(update(4, Sent.good())).records())
        .extracting(each -> each.detail().orElseThrow())
        .containsExactly(DetailCode.NEWER_SUBMISSION_APPLIED);
    assertThat(visible(CHILD)).isEmpty();

    assertThat(hackney(update(6, Sent.good())).fileCode()).isEqualTo(FileCode.CPF02);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void deletingTwiceCountsWithTheNewerNumber() {
    hackney(update(1, Sent.good()));
    hackney(delete(3, Sent.good()));
    hackney(delete(7, Sent.good()));
    hackney(delete(4, Sent.good()));

    assertThat(hackney(update(6, Sent.good())).fileCode()).isEqualTo(FileCode.CPF04);
    assertThat(visible(CHILD)).isEmpty();
  }

  @Test
  void anAuthorityCannotTouchAnothersRecords() {
    services.hold(plan(TOWER_HAMLETS, CHILD, PlanType.CHILD_PROTECTION));

    assertThat(hackney(delete(1, Sent.good())).fileCode()).isEqualTo(FileCode.CPF04);
    assertThat(submissions.accept(delete(2, Sent.good()), socialCareOf(TOWER_HAMLETS)))
        .isEqualTo(new SubmissionOutcome.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));

    assertThat(visible(CHILD)).hasSize(1);
    audited(AuditEvent.MESSAGE_REFUSED, "ORGANISATION_NOT_ALLOWED");
  }

  @Test
  void anOlderSubmissionNeverOverwritesANewerOne() {
    hackney(update(5, Sent.good().withEnd("2026-11-01")));

    assertThat(hackney(update(4, Sent.good())).records())
        .extracting(each -> each.detail().orElseThrow())
        .containsExactly(DetailCode.NEWER_SUBMISSION_APPLIED);
    assertThat(visible(CHILD)).allMatch(each -> each.period().end().isPresent());
    assertThat(lastSequence()).hasValue(5);
  }

  @Test
  void anOlderSubmissionNeverOverwritesWhatANewerOneSaidAgain() {
    hackney(update(1, Sent.good()));
    hackney(update(3, Sent.good()));

    assertThat(hackney(update(2, Sent.good().withStart("2025-02-01"))).records())
        .extracting(each -> each.detail().orElseThrow())
        .containsExactly(DetailCode.NEWER_SUBMISSION_APPLIED);
  }

  @Test
  void anOlderSubmissionBringsNothingBackThatWasDeleted() {
    hackney(update(1, Sent.good()));
    hackney(delete(3, Sent.good()));

    hackney(update(2, Sent.good().withStart("2025-02-01")));
    assertThat(visible(CHILD)).isEmpty();

    assertThat(hackney(update(4, Sent.good())).fileCode()).isEqualTo(FileCode.CPF02);
    assertThat(visible(CHILD)).hasSize(1);
  }

  @Test
  void aLateSubmissionIsTakenForRecordsThatNobodyChangedSince() {
    services.know(current(OTHER_CHILD));
    hackney(update(9, Sent.good()));

    assertThat(hackney(update(3, Sent.good().withNumber(OTHER_CHILD.digits()))).fileCode())
        .isEqualTo(FileCode.CPF02);
    assertThat(visible(OTHER_CHILD)).hasSize(1);
  }

  @Test
  void theNewestSubmissionSetsTheTelephones() {
    hackney(with(contacts("020 7946 0500"), update(5, Sent.good())));
    assertThat(hackneysTelephones()).isEqualTo(contacts("020 7946 0500"));

    hackney(with(contacts("020 7946 0400"), update(4, Sent.good())));
    assertThat(hackneysTelephones()).isEqualTo(contacts("020 7946 0500"));
  }

  @Test
  void theSameRecordTwiceInOneSubmissionIsLoadedOnceAndAContradictionIsRefused() {
    Acknowledgement acknowledgement =
        hackney(
            update(
                1,
                Sent.good().withFamily("Other"),
                Sent.good(),
                Sent.good(),
                Sent.good().withEnd("2026-11-01")));

    assertThat(acknowledgement.records())
        .extracting(RecordOutcome::code, each -> each.detail().orElse(null))
        .containsExactly(
            tuple(RecordCode.CPR03, null),
            tuple(RecordCode.CPR06, null),
            tuple(RecordCode.CPR06, null),
            tuple(RecordCode.CPR07, DetailCode.REPEATED_IN_SUBMISSION));
    assertThat(visible(CHILD)).allMatch(each -> each.period().end().isEmpty());
  }

  @Test
  void oneBadRecordAmongAThousandLoadsTheOthers() {
    List<NhsNumber> children = numbers(1_000);
    services.know(
        children.stream().map(number -> current(number)).toArray(DemographicPerson[]::new));
    Sent[] records =
        children.stream()
            .map(number -> Sent.good().withNumber(number.digits()))
            .toArray(Sent[]::new);
    records[500] = Sent.good().withNumber("nonsense");

    Acknowledgement acknowledgement = hackney(update(1, records));

    assertThat(acknowledgement.fileCode()).isEqualTo(FileCode.CPF03);
    assertThat(acknowledgement.records()).hasSize(1_000);
    assertThat(acknowledgement.records().get(500).code()).isEqualTo(RecordCode.CPR04);
    assertThat(
            IntStream.range(0, 1_000)
                .filter(i -> i != 500)
                .allMatch(i -> visible(children.get(i)).size() == 1))
        .isTrue();
  }

  @Test
  void submissionsOfOneAuthorityAtTheSameMomentTakeTurns() {
    List<CompletableFuture<Acknowledgement>> sent =
        LongStream.rangeClosed(1, 8)
            .mapToObj(
                number ->
                    CompletableFuture.supplyAsync(
                        () -> hackney(update(number, Sent.good().withStart("2025-01-0" + number)))))
            .toList();
    sent.forEach(CompletableFuture::join);

    assertThat(visible(CHILD))
        .extracting(each -> each.submission().sequenceNumber())
        .containsExactly(8L);
    assertThat(lastSequence()).hasValue(8);
  }

  @Test
  void copiesOfOneMessageAtTheSameMomentHaveOneEffect() {
    Submission submission = update(1, Sent.good());
    List<CompletableFuture<Acknowledgement>> copies =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> hackney(submission)))
            .toList();

    assertThat(copies.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    await()
        .untilAsserted(
            () -> assertThat(services.audited(AuditEvent.UPDATE_ACKNOWLEDGED)).hasSize(1));
  }

  @Test
  void saysThatTheStoreIsUnavailable() {
    services.close();

    assertThat(submissions.accept(update(1, Sent.good()), socialCareOf(HACKNEY)))
        .isEqualTo(new SubmissionOutcome.Refused(RejectionReason.STORE_UNAVAILABLE));
  }

  private SubmissionService withoutDemographics() {
    return services.submissions(numbers -> new LookUps.Unavailable());
  }

  private Acknowledgement hackney(Submission submission) {
    return hackney(submissions, submission);
  }

  /** The acknowledgement that Hackney gets, the clock having moved a little. */
  private Acknowledgement hackney(SubmissionService service, Submission submission) {
    services.clock().advance(Duration.ofSeconds(1));
    SubmissionOutcome outcome = service.accept(submission, socialCareOf(HACKNEY));
    assertThat(outcome).isInstanceOf(SubmissionOutcome.Acknowledged.class);
    return ((SubmissionOutcome.Acknowledged) outcome).acknowledgement();
  }

  private List<Plan> visible(NhsNumber person) {
    return services
        .store()
        .read(tx -> tx.plans().visible(person, LondonDay.of(services.clock().instant())));
  }

  private Contacts hackneysTelephones() {
    return services.store().read(tx -> tx.authorities().find(HACKNEY)).orElseThrow().contacts();
  }

  private OptionalLong lastSequence() {
    return services.store().read(tx -> tx.authorities().lastSequence(HACKNEY));
  }

  private void audited(AuditEvent event, String outcome) {
    await().untilAsserted(() -> assertThat(services.audited(event)).containsExactly(outcome));
  }

  private static Submission update(long sequence, Sent... records) {
    return submission(Kind.UPDATE, newMessageId(), (char) ('0' + sequence), sequence, records);
  }

  private static Submission delete(long sequence, Sent... records) {
    return submission(Kind.DELETE, newMessageId(), 'd', sequence, records);
  }

  private static Submission submission(
      Kind kind, MessageId id, char digest, long sequence, Sent... records) {
    return new Submission(
        kind,
        HACKNEY,
        id,
        new ContentDigest(Character.toString(digest).repeat(64)),
        sequence,
        "Product",
        "8.1.12",
        records.length,
        Optional.empty(),
        List.of(records).stream().map(Sent::record).toList());
  }

  private static Submission with(Contacts contacts, Submission submission) {
    return new Submission(
        submission.kind(),
        submission.authority(),
        submission.messageId(),
        submission.digest(),
        submission.sequenceNumber(),
        submission.productName(),
        submission.productVersion(),
        submission.recordCount(),
        Optional.of(contacts),
        submission.records());
  }

  private static List<NhsNumber> numbers(int count) {
    return LongStream.iterate(9_990_000_018L, number -> number + 1)
        .mapToObj(Long::toString)
        .flatMap(digits -> NhsNumber.of(digits).stream())
        .limit(count)
        .toList();
  }
}
