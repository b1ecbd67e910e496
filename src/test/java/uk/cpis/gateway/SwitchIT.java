package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.TestMailbox.ids;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestSystem;

/**
 * An authority is switched between delivery and collection, or leaves the registration and comes
 * back, while it is owed something: the real gateway is closed, registered otherwise and opened.
 */
class SwitchIT {

  private static final OdsCode TWH = new OdsCode("TWH");
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final RegisteredAuthority COLLECTS =
      TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001");
  private static final RegisteredAuthority HACKNEY =
      TestGateway.collecting("HCK", "Hackney", "020 7946 0002");
  private static final Duration LONGER_THAN_ANY_RETRY = Duration.ofMinutes(20);
  private static final String REFUSED = "CPG-603";

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private TestAuthorities authorities;
  private SimulatedAuthority system;
  private RegisteredAuthority isDelivered;
  private TestGateway gateway;
  private long sequence;

  @BeforeEach
  void openTheAuthority() {
    authorities = TestAuthorities.open(clock, folder.resolve("authorities"), TOWER_HAMLETS);
    system = authorities.of(TOWER_HAMLETS);
    isDelivered = TestGateway.delivered(COLLECTS, TOWER_HAMLETS, system.address());
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void deliversOnceAndInOrderWhatWasNotSettledInTheMailbox() {
    open(COLLECTS);
    hold();
    look(2);
    List<String> collected = ids(mailbox().all());
    mailbox().acknowledge(AnswerCode.ACCEPTED, collected.get(0));
    look(2);
    List<String> owed = ids(mailbox().all());
    assertThat(owed).hasSize(3).startsWith(collected.get(1));

    reopen(isDelivered);
    look(1);

    await().until(() -> system.tasks().size() == 4);
    assertThat(notified().subList(0, 3)).isEqualTo(owed);
    await().until(() -> settled(notified()));
    assertThat(authorities.calls(TOWER_HAMLETS)).isEqualTo(4);
    assertThat(collectionRefused()).containsExactly(REFUSED);
  }

  @Test
  void takesTheAcknowledgementOfWhatWasCollectedBeforeTheSwitch() {
    open(COLLECTS);
    hold();
    look(2);
    List<String> collected = ids(mailbox().all());
    system.stop();

    reopen(isDelivered);
    assertThat(mailbox().acknowledge(AnswerCode.ACCEPTED, collected.get(0)))
        .containsExactly("settled");
    system.start();
    clock.advance(LONGER_THAN_ANY_RETRY);

    await().until(() -> settled(collected));
    assertThat(notified()).containsExactly(collected.get(1));
  }

  @Test
  void offersWhatWasInTheLaneSetAsideOrDeadWhenAnAuthorityIsSwitchedToCollection() {
    open(isDelivered);
    hold();
    system.behave(AuthorityBehaviour.REFUSE);
    look(1);
    await().until(() -> lane().deadLetters() == 1);
    system.behave(AuthorityBehaviour.FAIL);
    look(1);
    await().until(() -> lane().setAside() == 1);
    system.stop();
    look(2);
    await().until(() -> lane().state() == LaneStatus.State.OPEN);

    reopen(COLLECTS);

    List<String> offered = ids(mailbox().all());
    assertThat(offered).hasSize(4);
    assertThat(lane().state()).isEqualTo(LaneStatus.State.MAILBOX);
    assertThat(lane().deadLetters()).isEqualTo(1);
    assertThat(lane().oldestUnsettled()).contains(clock.instant().minusSeconds(3));
    assertThat(mailbox().acknowledge(AnswerCode.ACCEPTED, offered.toArray(String[]::new)))
        .containsOnly("settled");
    assertThat(lane().deadLetters()).isZero();
    assertThat(lane().oldestUnsettled()).isEmpty();

    system.behave(AuthorityBehaviour.ACCEPT);
    system.start();
    reopen(isDelivered);
    look(1);

    await().until(() -> system.tasks().size() == 1);
    assertThat(offered).doesNotContainAnyElementsOf(notified());
  }

  @Test
  void thereAndBackTheSameNotificationsAreDeliveredOnce() {
    open(isDelivered);
    hold();
    system.stop();
    look(3);
    await().until(() -> lane().state() == LaneStatus.State.OPEN);
    reopen(COLLECTS);
    List<String> offered = ids(mailbox().all());
    mailbox().acknowledge(AnswerCode.TRY_LATER, offered.get(0));
    system.start();

    reopen(isDelivered);

    await().until(() -> settled(offered));
    assertThat(notified()).isEqualTo(offered);
    assertThat(authorities.calls(TOWER_HAMLETS)).isEqualTo(3);
  }

  @Test
  void endsInTimeWhatIsNotCollectedAndTakesItUpAgainWithTheSwitch() {
    open(COLLECTS);
    hold();
    look(1);
    List<String> old = ids(mailbox().all());

    clock.advance(Duration.ofDays(14).plusSeconds(1));

    await().until(() -> lane().deadLetters() == 1);
    assertThat(ids(mailbox().all())).isEqualTo(old);
    look(1);
    List<String> both = ids(mailbox().all());

    reopen(isDelivered);

    await().until(() -> settled(both));
    assertThat(notified()).isEqualTo(both);
    assertThat(lane().deadLetters()).isZero();
  }

  @Test
  void keepsForAnAuthorityThatLeavesTheRegistrationWhatItIsOwed() {
    open(isDelivered);
    hold();
    system.stop();
    look(1);
    await().until(() -> lane().state() == LaneStatus.State.OPEN);

    reopen();
    look(1);
    assertThat(lane().waiting()).isEqualTo(2);

    system.start();
    reopen(isDelivered);

    await().until(() -> system.tasks().size() == 2);
    await().until(() -> settled(notified()));
    assertThat(system.tasks())
        .isSortedAccordingTo((one, other) -> one.owedAt().compareTo(other.owedAt()));

    reopen();
    look(1);
    reopen(COLLECTS);
    assertThat(mailbox().all().getNotification()).hasSize(1);
  }

  private void open(RegisteredAuthority... towerHamlets) {
    gateway =
        TestGateway.open(
            folder,
            clock,
            Stream.concat(Stream.of(towerHamlets), Stream.of(HACKNEY))
                .toArray(RegisteredAuthority[]::new));
  }

  private void reopen(RegisteredAuthority... towerHamlets) {
    gateway.close();
    open(towerHamlets);
  }

  private TestMailbox mailbox() {
    return new TestMailbox(gateway.client(TOWER_HAMLETS));
  }

  private List<String> collectionRefused() {
    return gateway
        .client(TOWER_HAMLETS)
        .send(Interaction.COLLECT, mailbox().request(10))
        .fault()
        .codes();
  }

  private LaneStatus lane() {
    return gateway.gateway().lanes().stream()
        .filter(lane -> lane.authority().equals(TWH))
        .findFirst()
        .orElseThrow();
  }

  /** The notifications of which the authority made tasks, in their order. */
  private List<String> notified() {
    return system.tasks().stream().map(FollowUpTask::notification).map(Object::toString).toList();
  }

  private boolean settled(List<String> ids) {
    return ids.stream()
        .map(id -> new NotificationId(UUID.fromString(id)))
        .allMatch(id -> gateway.gateway().settledAt(id).isPresent());
  }

  private void look(int times) {
    TestSystem homerton = TestSystem.homerton();
    for (int i = 0; i < times; i++) {
      clock.advance(Duration.ofSeconds(1));
      gateway
          .client(homerton)
          .send(Interaction.QUERY, Queries.of(homerton, TestGateway.LUCJA.number().digits()))
          .answer(PlanQueryResponse.class);
    }
  }

  private void hold() {
    LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(TOWER_HAMLETS)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    TOWER_HAMLETS,
                    ++sequence,
                    "020 7946 0011",
                    Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }
}
