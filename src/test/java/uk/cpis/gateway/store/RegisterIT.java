package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.OTHER_CHILD;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

/** Authorities, submissions, remembered messages and people. */
class RegisterIT {

  private static final Asid MOSAIC = new Asid("200000000009");
  private static final ContentDigest DIGEST = new ContentDigest("ef".repeat(32));
  private static final Contacts NEW_TELEPHONES =
      new Contacts(new Telephone("020 7946 0999"), Optional.empty());

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
  void anAuthorityRegisteredAnewAsItIsKeepsNobodyWaiting() {
    LocalAuthority same = store.read(tx -> tx.authorities().find(TOWER_HAMLETS)).orElseThrow();
    store.change(tx -> tx.authorities().register(same));
    store.change(
        tx -> {
          tx.authorities().register(same);
          assertThat(
                  CompletableFuture.supplyAsync(
                          () -> store.read(other -> other.authorities().find(TOWER_HAMLETS)))
                      .orTimeout(4, TimeUnit.SECONDS)
                      .join())
              .contains(same);
        });
  }

  @Test
  void keepsTheTelephonesOfASubmissionWhenTheSameIsRegisteredAgain() {
    store.change(tx -> tx.authorities().setContacts(TOWER_HAMLETS, NEW_TELEPHONES));

    register(Examples.authority(TOWER_HAMLETS));

    assertThat(find().contacts()).isEqualTo(NEW_TELEPHONES);
  }

  @Test
  void takesTheTelephonesOfARegistrationThatChanged() {
    LocalAuthority changed =
        new LocalAuthority(TOWER_HAMLETS, "Tower Hamlets", "London", NEW_TELEPHONES);

    register(changed);

    assertThat(find()).isEqualTo(changed);
    List<LocalAuthority> all = store.read(tx -> tx.authorities().all());
    assertThat(all).containsExactly(Examples.authority(HACKNEY), changed);
  }

  @Test
  void letsOneSubmissionOfAnAuthorityAtATimeTakeItsTurn() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () ->
                store.change(
                    tx -> {
                      assertThat(tx.authorities().takeTurn(TOWER_HAMLETS)).isEmpty();
                      taken.countDown();
                      await(goOn);
                      tx.authorities().setLastSequence(TOWER_HAMLETS, 5);
                    }));
    await(taken);
    CompletableFuture<OptionalLong> second =
        CompletableFuture.supplyAsync(() -> takeTurn(TOWER_HAMLETS));
    CompletableFuture<OptionalLong> other = CompletableFuture.supplyAsync(() -> takeTurn(HACKNEY));

    assertThat(other.get(60, TimeUnit.SECONDS)).isEmpty();
    assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(find().code()).isEqualTo(TOWER_HAMLETS);
    goOn.countDown();
    first.join();
    assertThat(second.join()).hasValue(5);
  }

  @Test
  void findsAnAcknowledgementByItsIdAndByItsNumber() {
    StoredSubmission submission =
        submission(
            5,
            true,
            Acknowledgement.of(
                List.of(
                    RecordOutcome.loaded(Optional.of("a")),
                    RecordOutcome.refused(Optional.empty(), DetailCode.START_DATE_MISSING),
                    RecordOutcome.superseded(Optional.of("c"), Optional.of(OTHER_CHILD)),
                    RecordOutcome.refused(Optional.of("d"), RecordCode.CPR04))));
    assertThat(add(submission)).isTrue();

    Optional<StoredSubmission> byId = store.read(tx -> tx.submissions().find(submission.id()));
    assertThat(byId).contains(submission);
    assertThat(bySequence(5)).contains(submission);
    assertThat(bySequence(6)).isEmpty();
  }

  @Test
  void givesASequenceNumberToOneSubmissionOnly() {
    StoredSubmission first = submission(5, true, Acknowledgement.of(List.of()));
    add(first);

    assertThat(add(submission(5, true, Acknowledgement.of(List.of())))).isFalse();

    assertThat(bySequence(5)).contains(first);
  }

  @Test
  void givesANumberAgainAfterTheSequenceWasReset() {
    StoredSubmission first = submission(5, true, Acknowledgement.of(List.of()));
    add(first);
    store.change(tx -> tx.authorities().setLastSequence(TOWER_HAMLETS, 5));

    store.change(tx -> tx.authorities().resetSequence(TOWER_HAMLETS));

    assertThat(takeTurn(TOWER_HAMLETS)).isEmpty();
    assertThat(bySequence(5)).isEmpty();
    StoredSubmission again = submission(5, true, Acknowledgement.of(List.of()));
    assertThat(add(again)).isTrue();
    assertThat(bySequence(5)).contains(again);
    assertThat(found(tx -> tx.submissions().find(first.id()))).contains(first);
  }

  @Test
  void leavesTheNumberFreeOfASubmissionRefusedAsAWhole() {
    Acknowledgement refusal =
        Acknowledgement.refused(FileCode.CPF01, DetailCode.SEQUENCE_NUMBER_REUSED);
    StoredSubmission refused = submission(5, false, refusal);

    assertThat(add(refused)).isTrue();

    assertThat(bySequence(5)).isEmpty();
    assertThat(found(tx -> tx.submissions().find(refused.id()))).contains(refused);
  }

  @Test
  void remembersAMessageOfASenderOnce() {
    RememberedMessage message =
        new RememberedMessage(
            MOSAIC,
            new MessageId(UUID.randomUUID()),
            Interaction.UPDATE,
            DIGEST,
            NOON,
            UUID.randomUUID());

    assertThat(remember(message)).isTrue();
    assertThat(remember(message)).isFalse();

    assertThat(found(tx -> tx.messages().remembered(MOSAIC, message.messageId())))
        .contains(message);
    Asid another = new Asid("200000000010");
    assertThat(found(tx -> tx.messages().remembered(another, message.messageId()))).isEmpty();
  }

  @Test
  void keepsTimesAndDatesWhateverTheZoneOfTheMachine() {
    TimeZone before = TimeZone.getDefault();
    Instant inTheHourThatLondonSkips = Instant.parse("2026-03-29T01:30:00.123Z");
    Instant inTheHourThatLondonRepeats = Instant.parse("2026-10-25T00:30:00.999Z");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/London"));
      StoredSubmission spring = at(inTheHourThatLondonSkips, 1);
      StoredSubmission autumn = at(inTheHourThatLondonRepeats, 2);
      add(spring);
      add(autumn);
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

      assertThat(bySequence(1)).contains(spring);
      assertThat(bySequence(2)).contains(autumn);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void keepsPeopleAsDemographicsKnowThem() {
    DemographicPerson mother =
        new DemographicPerson(
            CHILD,
            "Ó Briain",
            List.of("Łucja", "Mary Ann"),
            LocalDate.of(1996, 2, 29),
            DemographicPerson.Status.SENSITIVE,
            Optional.empty(),
            Optional.empty());
    DemographicPerson baby =
        new DemographicPerson(
            OTHER_CHILD,
            "ŵ",
            List.of(),
            LocalDate.of(2026, 11, 1),
            DemographicPerson.Status.SUPERSEDED,
            Optional.of(new NhsNumber("9990000034")),
            Optional.of(CHILD));
    store.change(
        tx -> {
          tx.people().put(baby);
          tx.people().put(mother);
          tx.people().put(mother);
        });

    Map<NhsNumber, DemographicPerson> found =
        store.read(
            tx -> tx.people().find(List.of(CHILD, OTHER_CHILD, new NhsNumber("9990000042"))));
    assertThat(found).isEqualTo(Map.of(CHILD, mother, OTHER_CHILD, baby));
  }

  private static StoredSubmission submission(
      long number, boolean taken, Acknowledgement acknowledgement) {
    return new StoredSubmission(
        UUID.randomUUID(),
        TOWER_HAMLETS,
        MOSAIC,
        Submission.Kind.UPDATE,
        new SubmissionReference(new MessageId(UUID.randomUUID()), number),
        DIGEST,
        taken,
        NOON,
        acknowledgement);
  }

  private static StoredSubmission at(Instant time, long number) {
    StoredSubmission any = submission(number, true, Acknowledgement.of(List.of()));
    return new StoredSubmission(
        any.id(),
        any.authority(),
        any.sender(),
        any.kind(),
        any.reference(),
        any.digest(),
        true,
        time,
        any.acknowledgement());
  }

  private void register(LocalAuthority authority) {
    store.change(tx -> tx.authorities().register(authority));
  }

  private LocalAuthority find() {
    return store.read(tx -> tx.authorities().find(TOWER_HAMLETS)).orElseThrow();
  }

  private OptionalLong takeTurn(OdsCode code) {
    return store.inTransaction(tx -> tx.authorities().takeTurn(code));
  }

  private boolean add(StoredSubmission submission) {
    return store.inTransaction(tx -> tx.submissions().add(submission));
  }

  private boolean remember(RememberedMessage message) {
    return store.inTransaction(tx -> tx.messages().remember(message));
  }

  private Optional<StoredSubmission> bySequence(long number) {
    return store.read(tx -> tx.submissions().bySequence(TOWER_HAMLETS, number));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private <T> Optional<T> found(Function<Transaction, Optional<T>> question) {
    return store.read(question);
  }
}
