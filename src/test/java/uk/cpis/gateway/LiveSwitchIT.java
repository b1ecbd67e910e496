package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.TestMailbox.ids;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Authorities come, go and are switched between delivery and collection while one gateway runs, is
 * asked about their children, and owes them what is asked.
 */
class LiveSwitchIT {

  private static final OdsCode TWH = new OdsCode("TWH");
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final SettableClock CLOCK =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private static final String COLLECTS_NOT = "CPG-603";

  @TempDir private static Path folder;
  private static TestAuthorities authorities;
  private static SimulatedAuthority towerHamlets;
  private static TestGateway gateway;
  private static Registrations first;
  private static final AtomicInteger looks = new AtomicInteger();
  private static long sequence;

  /** Tower Hamlets collects at first. */
  @BeforeAll
  static void open() throws Exception {
    authorities = TestAuthorities.open(CLOCK, folder.resolve("authorities"), TOWER_HAMLETS);
    towerHamlets = authorities.of(TOWER_HAMLETS);
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            Map.of("cpis.directory.look-every", "1h"),
            collects(),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
    first = Registrations.read(directory());
  }

  @AfterAll
  static void close() {
    gateway.close();
    authorities.close();
  }

  /** Everything that is owed to it is settled, and it collects. */
  @AfterEach
  void asAtFirst() throws Exception {
    register(delivered());
    CLOCK.advance(Duration.ofMinutes(20));
    await().until(() -> lane(TWH).waiting() == 0 && lane(TWH).deadLetters() == 0);
    register(collects());
    await().until(() -> lane(TWH).state() == LaneStatus.State.MAILBOX);
  }

  @Test
  void losesAndDoublesNothingWhenItIsSwitchedThereAndBackWhileItIsOwedMore() throws Exception {
    hold(TOWER_HAMLETS);
    Set<String> before = Set.copyOf(notified());
    int looksBefore = looks.get();
    List<String> acknowledged = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread traffic = new Thread(() -> lookUntil(done));
    traffic.start();
    try {
      for (int i = 0; i < 4; i++) {
        int tasks = notified().size();
        register(delivered());
        await().until(() -> notified().size() >= tasks + 2);
        register(collects());
        await().until(() -> collection().status() == 200);
        await().until(() -> mailbox().all().getNotification().size() >= 2);
        List<String> offered = ids(mailbox().all());
        assertThat(mailbox().acknowledge(AnswerCode.ACCEPTED, offered.toArray(String[]::new)))
            .containsOnly("settled");
        acknowledged.addAll(offered);
      }
    } finally {
      done.set(true);
      traffic.join();
    }
    register(delivered());
    await().until(() -> lane(TWH).state() != LaneStatus.State.MAILBOX && lane(TWH).waiting() == 0);

    List<String> delivered = notified().stream().filter(each -> !before.contains(each)).toList();
    assertThat(delivered).doesNotHaveDuplicates().doesNotContainAnyElementsOf(acknowledged);
    assertThat(acknowledged).doesNotHaveDuplicates();
    Set<String> all = new HashSet<>(delivered);
    all.addAll(acknowledged);
    assertThat(settled(all)).isTrue();
    assertThat(all).hasSize(looks.get() - looksBefore);
  }

  @Test
  void oneThatIsNewIsDeliveredToAtOnceAndOneThatIsGoneIsKeptWhatItIsOwed() throws Exception {
    hold(TOWER_HAMLETS);
    register(delivered());
    await().until(() -> lane(TWH).state() != LaneStatus.State.MAILBOX);
    assertThat(collection().fault().codes()).containsExactly(COLLECTS_NOT);
    towerHamlets.stop();
    int before = notified().size();
    look(1);
    await().until(() -> lane(TWH).state() == LaneStatus.State.OPEN);

    try (RecordedLog log = RecordedLog.of(Registry.class.getName())) {
      register();
      assertThat(log.messages())
          .anyMatch(each -> each.contains("CPG-AUTHORITY-GONE authority=TWH owed=1"));
    }
    await().until(() -> lane(TWH).state() == LaneStatus.State.MAILBOX);
    assertThat(collection().fault().codes()).containsExactly("CPG-601");
    look(1);
    assertThat(lane(TWH).waiting()).isEqualTo(2);

    towerHamlets.start();
    register(delivered());
    await().until(() -> notified().size() == before + 2);
    await().until(() -> lane(TWH).waiting() == 0);
    look(1);
    await().until(() -> notified().size() == before + 3);
  }

  private static RegisteredAuthority collects() {
    return TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001");
  }

  private static RegisteredAuthority delivered() {
    return TestGateway.delivered(collects(), TOWER_HAMLETS, towerHamlets.address());
  }

  /** Registers Tower Hamlets in this way with its system, or neither. */
  private static void register(RegisteredAuthority... registered) throws Exception {
    List<RegisteredSystem> systems =
        first.systems().stream()
            .filter(
                each ->
                    registered.length > 0
                        || !each.system().localAuthority().equals(Optional.of(TWH)))
            .toList();
    List<RegisteredAuthority> all =
        Stream.concat(
                Stream.of(registered),
                first.authorities().stream().filter(each -> !each.authority().code().equals(TWH)))
            .toList();
    new Registrations(systems, all, first.sites()).write(directory());
    HttpRequest request =
        HttpRequest.newBuilder(gateway.gateway().operations().resolve("/registration/load"))
            .header("X-Operator", "a.operator")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static Path directory() {
    return folder.resolve("directory");
  }

  private static TestMailbox mailbox() {
    return new TestMailbox(gateway.client(TOWER_HAMLETS));
  }

  private static TestReply collection() {
    return gateway.client(TOWER_HAMLETS).send(Interaction.COLLECT, mailbox().request(10));
  }

  private static LaneStatus lane(OdsCode authority) {
    return gateway.gateway().lanes().stream()
        .filter(lane -> lane.authority().equals(authority))
        .findFirst()
        .orElseThrow();
  }

  /** The notifications of which the authority made tasks. */
  private static List<String> notified() {
    return towerHamlets.tasks().stream()
        .map(FollowUpTask::notification)
        .map(Object::toString)
        .toList();
  }

  private static boolean settled(Set<String> ids) {
    return ids.stream()
        .map(id -> new NotificationId(UUID.fromString(id)))
        .allMatch(id -> gateway.gateway().settledAt(id).isPresent());
  }

  private static void lookUntil(AtomicBoolean done) {
    while (!done.get()) {
      look(1);
    }
  }

  private static void look(int times) {
    TestSystem homerton = TestSystem.homerton();
    for (int i = 0; i < times; i++) {
      looks.incrementAndGet();
      CLOCK.advance(Duration.ofMillis(10));
      gateway
          .client(homerton)
          .send(Interaction.QUERY, Queries.of(homerton, TestGateway.LUCJA.number().digits()))
          .answer(PlanQueryResponse.class);
    }
  }

  private static void hold(TestSystem system) {
    LocalDate lastWeek = LondonDay.of(CLOCK.instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(system)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    system,
                    ++sequence,
                    "020 7946 0011",
                    Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }
}
