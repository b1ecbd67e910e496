package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.delivery.DeliveryHouse.HACKNEY;
import static uk.cpis.gateway.delivery.DeliveryHouse.TOWER_HAMLETS;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.ACCEPTED;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNDELIVERABLE;
import static uk.cpis.gateway.delivery.ScriptedAuthorities.UNREACHABLE;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.BrokerFault;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.OwedReference;

/** Dead letters over a real store and a real broker: why they are, and how they are sent again. */
class DeadLettersIT {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private static Path emptyStore;
  @TempDir private Path directory;
  private DeliveryHouse house;

  @BeforeAll
  static void makeAnEmptyStore() {
    DeliveryHouse.makeStore(emptyStore);
  }

  @BeforeEach
  void build() throws IOException {
    house = DeliveryHouse.over(emptyStore, directory).with(settings(5, true));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static DeliverySettings settings(int perSecond, boolean onRecovery) {
    return new DeliverySettings(
        RetrySettings.between(LONG, LONG),
        Duration.ofDays(14),
        new SendAgainSettings(perSecond, onRecovery),
        100,
        Duration.ZERO,
        Duration.ofMillis(50),
        Duration.ofSeconds(5));
  }

  @Test
  void tellsWhyAndHowOftenItWasTriedAndNothingOfThePerson() {
    house.open();
    NotificationId refused = refuse(1).get(0);
    NotificationId outlived = outlive(1).get(0);

    List<DeadLetter> letters = house.delivery().deadLetters().of(TOWER_HAMLETS, 10);

    assertThat(letters)
        .extracting(
            DeadLetter::notification,
            DeadLetter::number,
            each -> each.givenUp().reason(),
            each -> each.givenUp().attempts())
        .containsExactly(
            tuple(refused, 1L, DeadLetterReason.REFUSED, 1),
            tuple(outlived, 2L, DeadLetterReason.OUTLIVED, 2));
    assertThat(house.delivery().deadLetters().find(outlived)).contains(letters.get(1));
    assertThat(letters.toString()).doesNotContain("9990000018", "Briain");
    assertThat(house.delivery().deadLetters().counts())
        .extracting(DeadLetterCount::authority, DeadLetterCount::reason, DeadLetterCount::count)
        .containsExactly(
            tuple(TOWER_HAMLETS, DeadLetterReason.OUTLIVED, 1L),
            tuple(TOWER_HAMLETS, DeadLetterReason.REFUSED, 1L));
  }

  @Test
  void sendsAgainByItselfWhatOutlivedItsTimeWhenTheLaneRecoversAndNoRefusal() {
    house.open();
    NotificationId refused = refuse(1).get(0);
    List<NotificationId> outlived = outlive(12);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    List<NotificationId> newer = house.owe(1, TOWER_HAMLETS);
    house.delivery().retryNow(TOWER_HAMLETS);

    awaitSettledWhileTheClockRuns(outlived);
    assertThat(house.settled(newer)).isTrue();
    assertThat(house.delivery().deadLetters().of(TOWER_HAMLETS, 10))
        .extracting(DeadLetter::notification)
        .containsExactly(refused);
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(attempts.size() - 12, attempts.size())).isEqualTo(outlived);
  }

  @Test
  void findsOutByOneDeadLetterThatAnAuthorityIsBackToWhichNothingElseIsOwed() {
    house.open();
    List<NotificationId> outlived = outlive(3);
    int tried = house.authorities.attemptedIds(TOWER_HAMLETS).size();
    house.clock.advance(LONG);
    await().until(() -> house.authorities.attemptedIds(TOWER_HAMLETS).size() == tried + 1);
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == 3);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    awaitSettledWhileTheClockRuns(outlived);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS).get(tried)).isEqualTo(outlived.get(0));
  }

  @Test
  void sendsAgainAfterARestartWhatOutlivedItsTimeBeforeIt() {
    house.open();
    List<NotificationId> outlived = outlive(3);
    house.close();
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    house.open();

    awaitSettledWhileTheClockRuns(outlived);
  }

  @Test
  void leavesDeadLettersAloneWhereTheSettingSaysSo() {
    house.with(settings(5, false)).open();
    List<NotificationId> outlived = outlive(3);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    List<NotificationId> newer = house.owe(1, TOWER_HAMLETS);
    house.delivery().retryNow(TOWER_HAMLETS);
    await().until(() -> house.settled(newer));
    house.authorities.answer(HACKNEY, ACCEPTED);
    assertThat(sendAgain(Optional.of(DeadLetterReason.REFUSED))).isZero();

    assertThat(house.status(TOWER_HAMLETS).deadLetters()).isEqualTo(3);
    assertThat(sendAgain(Optional.of(DeadLetterReason.OUTLIVED))).isEqualTo(3);
    awaitSettledWhileTheClockRuns(outlived);
  }

  @Test
  void sendsAllOfAnAuthorityAgainInTheOrderInWhichTheyWereOwedWhateverTheReason() {
    house.with(settings(5, false)).open();
    List<NotificationId> first = refuse(2);
    List<NotificationId> second = outlive(2);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    int tried = house.authorities.attemptedIds(TOWER_HAMLETS).size();

    assertThat(sendAgain(Optional.empty())).isEqualTo(4);

    List<NotificationId> all = Stream.concat(first.stream(), second.stream()).toList();
    awaitSettledWhileTheClockRuns(all);
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(tried, attempts.size())).isEqualTo(all);
  }

  @Test
  void givesAnAuthorityThatCameBackSoManyASecondAndNoMore() {
    house.with(settings(2, false)).open();
    List<NotificationId> refused = refuse(6);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    long before = System.nanoTime();

    sendAgain(Optional.empty());
    await().until(() -> house.settled(refused));

    // the clock of the test stands still, so real seconds count: the last two are not sent before
    // two of them have passed
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThan(Duration.ofMillis(1_900));
  }

  @Test
  void triesALetterThatFailsAgainOnceForEachWish() {
    house.with(settings(1, false)).open();
    List<NotificationId> refused = refuse(3);
    house.authorities.answer(
        TOWER_HAMLETS, each -> each.id().equals(refused.get(1)) ? UNDELIVERABLE : ACCEPTED);
    int tried = house.authorities.attemptedIds(TOWER_HAMLETS).size();

    sendAgain(Optional.empty());

    awaitSettledWhileTheClockRuns(List.of(refused.get(0), refused.get(2)));
    await().until(() -> wishes().isEmpty());
    DeadLetter left = house.delivery().deadLetters().find(refused.get(1)).orElseThrow();
    assertThat(left.givenUp().attempts()).isEqualTo(2);
    assertThat(house.authorities.attemptedIds(TOWER_HAMLETS)).hasSize(tried + 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TWH", "HCK"})
  void servesOneAuthorityWhileTheLaneOfAnotherFails(String failing) {
    house.with(settings(5, false)).open();
    OdsCode other = failing.equals("TWH") ? HACKNEY : TOWER_HAMLETS;
    house.authorities.answer(other, UNDELIVERABLE);
    List<NotificationId> refused = house.owe(1, other);
    await().until(() -> house.status(other).deadLetters() == 1);
    house.authorities.answer(other, ACCEPTED);
    BrokerFault.loseLane(house.lanes(), new OdsCode(failing));

    house.delivery().deadLetters().sendAgain(Optional.of(other), Optional.empty(), OPERATOR);

    awaitSettledWhileTheClockRuns(refused);
  }

  @Test
  void triesALetterOnceForEachWishAlsoWhereItIsTheFirstAfterARestart() {
    house.with(settings(1, false)).open();
    List<NotificationId> refused = refuse(3);
    house.authorities.answer(
        TOWER_HAMLETS, each -> each.id().equals(refused.get(0)) ? UNDELIVERABLE : ACCEPTED);
    house.stopDelivering();
    house.store().change(tx -> tx.sendAgainWishes().add(TOWER_HAMLETS, DeadLetterReason.REFUSED));
    house.close();

    house.open();

    awaitSettledWhileTheClockRuns(refused.subList(1, 3));
    await().until(() -> wishes().isEmpty());
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(3, attempts.size())).isEqualTo(refused);
  }

  @Test
  void keepsTheWishOfAnOperatorUntilItIsDoneRestartOrNot() {
    house.with(settings(1, false)).open();
    List<NotificationId> refused = refuse(4);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    sendAgain(Optional.empty());
    house.close();

    house.open();

    awaitSettledWhileTheClockRuns(refused);
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(4, attempts.size())).isEqualTo(refused);
  }

  @Test
  void deliversOnceWhatWasTakenUpInABatchWhenTheProcessEndedBeforeItWasInTheLane() {
    house.with(settings(5, false)).open();
    List<NotificationId> refused = refuse(4);
    house.stopDelivering();
    house.store().change(tx -> tx.sendAgainWishes().add(TOWER_HAMLETS, DeadLetterReason.REFUSED));
    List<OwedReference> taken =
        house
            .store()
            .inTransaction(
                tx -> tx.sendAgainWishes().takeUp(TOWER_HAMLETS, 2, house.clock.instant()));
    assertThat(taken).extracting(OwedReference::id).isEqualTo(refused.subList(0, 2));
    house.close();

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);
    house.open();

    awaitSettledWhileTheClockRuns(refused);
    List<NotificationId> attempts = house.authorities.attemptedIds(TOWER_HAMLETS);
    assertThat(attempts.subList(4, attempts.size())).isEqualTo(refused);
  }

  @Test
  void waitsWithAWishUntilTheAuthorityAnswersAndLosesNoLetterOfIt() {
    house.with(settings(5, false)).open();
    List<NotificationId> outlived = outlive(3);
    assertThat(sendAgain(Optional.empty())).isEqualTo(3);
    int tried = house.authorities.attemptedIds(TOWER_HAMLETS).size();
    house.clock.advance(LONG);
    await().until(() -> house.authorities.attemptedIds(TOWER_HAMLETS).size() > tried);
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == 3);
    assertThat(wishes()).containsExactly(TOWER_HAMLETS);

    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    awaitSettledWhileTheClockRuns(outlived);
  }

  @Test
  void leavesToTheMailboxWhatAnAuthorityCollects() {
    house.pushingOnly(TOWER_HAMLETS).open();
    house.owe(1, HACKNEY);
    house.clock.advance(Duration.ofDays(15));
    await().until(() -> house.status(HACKNEY).deadLetters() == 1);

    assertThat(
            house
                .delivery()
                .deadLetters()
                .sendAgain(Optional.of(HACKNEY), Optional.empty(), OPERATOR))
        .isZero();
    assertThat(house.status(HACKNEY).deadLetters()).isEqualTo(1);
  }

  @Test
  void givesUpAtTheNextLookWhatOutlivedItsTimeWhileTheWatchWasLooking() {
    house.openStoreAndLanes();
    house.owe(1, HACKNEY);
    Iterator<Instant> readings = List.of(house.clock.instant(), later(15), later(15)).iterator();
    InstantSource jumping = () -> readings.hasNext() ? readings.next() : later(15);
    LaneParts parts =
        LaneParts.of(
            house.store(),
            new Recipients(TOWER_HAMLETS::equals, house.authorities),
            settings(5, true),
            jumping,
            new Random(7),
            new DeliveryLog(),
            Steps.NONE);
    MailboxWatch watch = new MailboxWatch(house.store(), List.of(HACKNEY), parts);

    watch.step();
    watch.step();

    assertThat(house.store().<List<DeadLetterCount>>read(tx -> tx.deadLetters().counts()))
        .extracting(DeadLetterCount::authority)
        .containsExactly(HACKNEY);
  }

  private Instant later(int days) {
    return house.clock.instant().plus(Duration.ofDays(days));
  }

  @Test
  void auditsWhoHadWhatSentAgain() {
    house.with(settings(5, false)).open();
    List<NotificationId> refused = refuse(3);
    house.authorities.answer(TOWER_HAMLETS, ACCEPTED);

    assertThat(house.delivery().deadLetters().sendAgain(refused.get(0), OPERATOR))
        .isEqualTo(SendAgain.SENT);
    sendAgain(Optional.of(DeadLetterReason.REFUSED));

    // an entry can be read when the writer has numbered it
    await()
        .untilAsserted(
            () ->
                assertThat(house.store().<List<AuditRecord>>read(tx -> tx.audit().after(0, 100)))
                    .extracting(AuditRecord::entry)
                    .filteredOn(entry -> entry.event() == AuditEvent.DEAD_LETTERS_SENT_AGAIN)
                    .extracting(
                        AuditEntry::operator,
                        AuditEntry::organisation,
                        AuditEntry::messageId,
                        AuditEntry::outcome)
                    .containsExactly(
                        tuple(
                            Optional.of(OPERATOR),
                            Optional.of(TOWER_HAMLETS),
                            Optional.of(refused.get(0).messageId()),
                            "ONE"),
                        tuple(
                            Optional.of(OPERATOR),
                            Optional.of(TOWER_HAMLETS),
                            Optional.empty(),
                            "REFUSED_2")));
  }

  /** Owes so many that the authority refuses for good. */
  private List<NotificationId> refuse(int count) {
    long before = house.status(TOWER_HAMLETS).deadLetters();
    house.authorities.answer(TOWER_HAMLETS, UNDELIVERABLE);
    List<NotificationId> refused = house.owe(count, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == before + count);
    return refused;
  }

  /** Owes so many that cannot be delivered for as long as they are tried. */
  private List<NotificationId> outlive(int count) {
    long before = house.status(TOWER_HAMLETS).deadLetters();
    house.authorities.answer(TOWER_HAMLETS, UNREACHABLE);
    List<NotificationId> outlived = house.owe(count, TOWER_HAMLETS);
    await().until(() -> house.status(TOWER_HAMLETS).state() == LaneStatus.State.OPEN);
    house.clock.advance(Duration.ofDays(15));
    await().until(() -> house.status(TOWER_HAMLETS).deadLetters() == before + count);
    return outlived;
  }

  private long sendAgain(Optional<DeadLetterReason> reason) {
    return house.delivery().deadLetters().sendAgain(Optional.of(TOWER_HAMLETS), reason, OPERATOR);
  }

  private Set<OdsCode> wishes() {
    return house.store().<Set<OdsCode>>read(tx -> tx.sendAgainWishes().authorities());
  }

  private void awaitSettledWhileTheClockRuns(List<NotificationId> ids) {
    await()
        .until(
            () -> {
              house.clock.advance(Duration.ofSeconds(30));
              return house.settled(ids);
            });
  }
}
