package uk.cpis.gateway.refusals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RefusalCount;
import uk.cpis.gateway.domain.RefusalNote;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestStore;

/** The book of refusals over a real store. */
class RefusalBookIT {

  private static final Instant MINUTE = Instant.parse("2026-11-20T21:10:00Z");
  private static final CertificateFingerprint HOMERTON =
      new CertificateFingerprint("ab".repeat(32));
  private static final CertificateFingerprint OTHER = new CertificateFingerprint("cd".repeat(32));

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(MINUTE.plusSeconds(7));
  private Store store;
  private RefusalBook book;

  @BeforeEach
  void open() {
    store = TestStore.open(folder);
    book = new RefusalBook(store, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsARefusalByItsReferenceAndByItsMessageBeforeAndAfterARestart() {
    RefusalNote note = note(HOMERTON, Optional.of(new MessageId(UUID.randomUUID())));
    book.note(note);
    KeptRefusal expected = new KeptRefusal(clock.instant(), note);
    assertThat(book.find(note.reference())).containsExactly(expected);
    book.write();
    assertThat(book.find(note.reference())).containsExactly(expected);

    store.close();
    open();

    assertThat(book.find(note.reference())).containsExactly(expected);
    assertThat(book.find(note.origin().message().orElseThrow().uuid())).containsExactly(expected);
    assertThat(book.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void countsAllByCertificateCauseAndMinuteAndKeepsThirtyOfEachCertificateAMinute() {
    List<RefusalNote> notes = notes(3_000);
    notes.forEach(book::note);
    RefusalNote others = note(OTHER, Optional.empty());
    book.note(others);
    book.count(Optional.empty(), "TLS");
    book.write();
    clock.advance(Duration.ofMinutes(1));
    book.note(note(HOMERTON, Optional.empty()));

    assertThat(book.counts(MINUTE, 100))
        .extracting(
            RefusalCount::minute,
            RefusalCount::certificate,
            RefusalCount::cause,
            RefusalCount::count)
        .containsExactlyInAnyOrder(
            tuple(MINUTE.plusSeconds(60), HOMERTON.hex(), "UNSIGNED", 1L),
            tuple(MINUTE, HOMERTON.hex(), "UNSIGNED", 3_000L),
            tuple(MINUTE, OTHER.hex(), "UNSIGNED", 1L),
            tuple(MINUTE, "none", "TLS", 1L));
    assertThat(store.<Long>read(tx -> tx.refusals().kept())).isEqualTo(30 + 1 + 1);
    RefusalBook afterwards = new RefusalBook(store, clock);
    assertThat(afterwards.find(notes.get(29).reference())).hasSize(1);
    assertThat(afterwards.find(notes.get(30).reference())).isEmpty();
    assertThat(afterwards.find(others.reference())).hasSize(1);
    assertThat(book.find(notes.get(2_999).reference())).hasSize(1);
  }

  @Test
  void addsToACountThatWasWrittenBefore() {
    book.count(Optional.of(HOMERTON), "HTTP-413");
    book.write();
    book.count(Optional.of(HOMERTON), "HTTP-413");

    assertThat(book.counts(MINUTE, 100))
        .containsExactly(new RefusalCount(MINUTE, HOMERTON.hex(), "HTTP-413", 2));
  }

  @Test
  void keepsWhatIsTooLongCutAndTheOthersWithIt() {
    RefusalNote endless =
        new RefusalNote(
            UUID.randomUUID(),
            "CPG-801",
            "x".repeat(500),
            "y".repeat(2_000),
            "z".repeat(20_000),
            "r".repeat(2_000),
            RefusalNote.Origin.of(Optional.of(HOMERTON), "127.0.0.1"));
    RefusalNote usual = note(HOMERTON, Optional.empty());
    book.note(endless);
    book.note(usual);
    book.write();

    RefusalBook afterwards = new RefusalBook(store, clock);
    assertThat(afterwards.find(usual.reference())).hasSize(1);
    assertThat(afterwards.find(endless.reference()))
        .singleElement()
        .satisfies(kept -> assertThat(kept.note().found()).hasSize(1_000).endsWith("..."));
    assertThat(book.fault()).isEmpty();
  }

  @Test
  void writesTheOthersWhenOneCannotBeWritten() {
    RefusalNote twice = note(HOMERTON, Optional.empty());
    book.note(twice);
    book.write();
    RefusalNote usual = note(HOMERTON, Optional.empty());
    book.note(twice);
    book.note(usual);

    book.write();

    assertThat(book.fault()).isPresent();
    assertThat(new RefusalBook(store, clock).find(usual.reference())).hasSize(1);
    book.write();
    assertThat(book.fault()).as("nothing waits").isEmpty();
  }

  private static List<RefusalNote> notes(int count) {
    return IntStream.range(0, count).mapToObj(each -> note(HOMERTON, Optional.empty())).toList();
  }

  private static RefusalNote note(CertificateFingerprint sender, Optional<MessageId> message) {
    return new RefusalNote(
        UUID.randomUUID(),
        "CPG-706",
        "UNSIGNED",
        "a signature",
        "none",
        "Configure the client to sign.",
        new RefusalNote.Origin(
            Optional.of(sender),
            message.map(each -> OTHER),
            "127.0.0.1",
            message,
            message.map(each -> Interaction.QUERY),
            message.map(each -> new Asid("999000000011"))));
  }
}
