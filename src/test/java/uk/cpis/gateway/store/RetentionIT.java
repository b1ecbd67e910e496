package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;

/** What leaves the store, batch by batch, and what must not. */
class RetentionIT {

  private static final Instant LATER = NOON.plus(Duration.ofDays(40));
  private static final Asid SYSTEM = new Asid("200000000301");
  private static final ContentDigest DIGEST = new ContentDigest("cd".repeat(32));

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
  void forgetsTheOldestMessagesFirstAndNoYoungerOnes() {
    RememberedMessage oldest = remembered(NOON);
    RememberedMessage old = remembered(NOON.plusSeconds(1));
    RememberedMessage young = remembered(LATER);

    assertThat(count(tx -> tx.retention().messages().forget(LATER, 1))).isEqualTo(1);
    assertThat(Stream.of(oldest, old, young).map(this::isRemembered))
        .containsExactly(false, true, true);
    assertThat(count(tx -> tx.retention().messages().forget(LATER, 10))).isEqualTo(1);
    assertThat(count(tx -> tx.retention().messages().forget(LATER, 10))).isZero();
    assertThat(isRemembered(young)).isTrue();
  }

  @Test
  void keepsAnAcknowledgementAsLongAsItWasAskedFor() {
    StoredSubmission once = submission(1);
    StoredSubmission askedAgain = submission(2);
    store.change(tx -> tx.submissions().asked(askedAgain.id(), LATER));

    assertThat(count(tx -> tx.retention().messages().removeSubmissions(LATER, 10))).isEqualTo(1);

    assertThat(found(tx -> tx.submissions().find(once.id()))).isEmpty();
    assertThat(found(tx -> tx.submissions().find(askedAgain.id()))).contains(askedAgain);
  }

  @Test
  void erasesWhatASettledNotificationSaidAndKeepsThatItWasTold() {
    NotificationId settled = NotificationId.of(owing(TOWER_HAMLETS, "U1").id(), TOWER_HAMLETS);
    NotificationId open = NotificationId.of(owing(TOWER_HAMLETS, "U2").id(), TOWER_HAMLETS);
    settle(settled);
    assertThat(listed(tx -> tx.retention().notifications().toErase(NOON, 10))).isEmpty();

    List<NotificationId> erased =
        listed(tx -> tx.retention().notifications().toErase(NOON.plusSeconds(1), 10));
    store.change(tx -> erased.forEach(id -> tx.retention().notifications().erase(id, LATER)));

    assertThat(erased).containsExactly(settled);
    assertThat(found(tx -> tx.owed().notification(settled))).isEmpty();
    assertThat(found(tx -> tx.owed().find(settled))).map(OwedReference::owedNumber).contains(1L);
    assertThat(found(tx -> tx.settlements().find(settled)))
        .contains(new Settlement(settled, AuthorityAnswer.ACCEPTED, NOON));
    assertThat(found(tx -> tx.retention().notifications().erasedAt(settled))).contains(LATER);
    assertThat(found(tx -> tx.owed().notification(open))).isPresent();
    assertThat(listed(tx -> tx.retention().notifications().toErase(LATER, 10))).isEmpty();
  }

  @Test
  void dropsTheAuditOfWhatIsSettledAndNeverWhatIsOwed() {
    Access settled = owing(TOWER_HAMLETS, "U1");
    Access owed = owing(HACKNEY, "U2");
    Access foundNothing = access("U3");
    settle(NotificationId.of(settled.id(), TOWER_HAMLETS));

    assertThat(removeAudit()).isEqualTo(2);

    assertThat(found(tx -> tx.accesses().find(settled.id()))).isEmpty();
    assertThat(found(tx -> tx.accesses().find(foundNothing.id()))).isEmpty();
    assertThat(found(tx -> tx.accesses().find(owed.id()))).isPresent();
    assertThat(listed(tx -> tx.owed().of(settled.id()))).isEmpty();
    assertThat(listed(tx -> tx.owed().unsettledOf(HACKNEY, 0, 10))).hasSize(1);
    assertThat(found(tx -> tx.owed().notification(NotificationId.of(owed.id(), HACKNEY))))
        .isPresent();
  }

  @Test
  void givesNoNumberTwiceThoughTheNewestRowsArePurged() {
    settle(NotificationId.of(owing(TOWER_HAMLETS, "U1").id(), TOWER_HAMLETS));
    settle(NotificationId.of(owing(TOWER_HAMLETS, "U2").id(), TOWER_HAMLETS));
    assertThat(removeAudit()).isEqualTo(2);
    assertThat(removeAudit()).isZero();

    store.close();
    store = Examples.open(directory);
    Access next = owing(TOWER_HAMLETS, "U3");

    assertThat(found(tx -> tx.accesses().find(next.id())).orElseThrow().number()).isEqualTo(3);
    NotificationId told = NotificationId.of(next.id(), TOWER_HAMLETS);
    assertThat(found(tx -> tx.owed().find(told)).orElseThrow().owedNumber()).isEqualTo(3);
    assertThat(found(tx -> tx.owed().notification(told)).orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void keepsWhenItWasLastSwept() {
    assertThat(found(tx -> tx.retention().lastSweep().begunAt())).isEmpty();

    store.change(tx -> tx.retention().lastSweep().ended(NOON, NOON.plusSeconds(1)));
    store.change(tx -> tx.retention().lastSweep().ended(LATER, LATER.plusSeconds(1)));

    assertThat(found(tx -> tx.retention().lastSweep().begunAt())).contains(LATER);
  }

  private int removeAudit() {
    return count(tx -> tx.retention().audit().remove(tx.retention().audit().after(0, 100)));
  }

  private void settle(NotificationId id) {
    store.change(tx -> tx.settlements().settle(id, AuthorityAnswer.ACCEPTED, NOON));
  }

  private Access owing(OdsCode authority, String user) {
    return committed(
        Examples.access(user, NOON),
        List.of(Examples.owed(Examples.plan(authority, CHILD, PlanType.LOOKED_AFTER))));
  }

  private Access access(String user) {
    return committed(
        Examples.access(new MessageId(UUID.randomUUID()), CHILD, Examples.nurse(user), NOON, 0),
        List.of());
  }

  private Access committed(Access access, List<OwedNotification> owed) {
    store.writer().submit(access, owed).join();
    return access;
  }

  private RememberedMessage remembered(Instant at) {
    RememberedMessage message =
        new RememberedMessage(
            SYSTEM,
            new MessageId(UUID.randomUUID()),
            Interaction.UPDATE,
            DIGEST,
            at,
            UUID.randomUUID());
    store.change(tx -> tx.messages().remember(message));
    return message;
  }

  private boolean isRemembered(RememberedMessage message) {
    return found(tx -> tx.messages().remembered(message.sender(), message.messageId())).isPresent();
  }

  private StoredSubmission submission(long number) {
    StoredSubmission submission =
        new StoredSubmission(
            UUID.randomUUID(),
            HACKNEY,
            SYSTEM,
            Submission.Kind.UPDATE,
            new SubmissionReference(new MessageId(UUID.randomUUID()), number),
            DIGEST,
            true,
            NOON,
            Acknowledgement.of(List.of(RecordOutcome.loaded(Optional.of("a")))));
    store.change(tx -> tx.submissions().add(submission));
    return submission;
  }

  private <T> Optional<T> found(Function<Transaction, Optional<T>> question) {
    return store.read(question);
  }

  private <T> List<T> listed(Function<Transaction, List<T>> question) {
    return store.read(question);
  }

  private int count(ToIntFunction<Transaction> work) {
    return store.inTransaction(work::applyAsInt);
  }
}
