package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.operations.LastSequences;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The store is lost and restored from a backup that was taken under traffic; the world has gone on
 * since: Tower Hamlets was told of accesses, and sent a submission, that the backup does not know.
 */
class RestoreIT {

  private static final OdsCode TWH = new OdsCode("TWH");
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final RegisteredAuthority COLLECTS =
      TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001");
  private static final Duration LONGER_THAN_ANY_RETRY = Duration.ofMinutes(20);

  /** What the broker's journal is like, seen from the restored store. */
  enum Journal {
    NEWER,
    LOST
  }

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private TestAuthorities authorities;
  private SimulatedAuthority system;
  private TestGateway gateway;

  @BeforeEach
  void openTheAuthority() {
    authorities = TestAuthorities.open(clock, folder.resolve("authorities"), TOWER_HAMLETS);
    system = authorities.of(TOWER_HAMLETS);
    open();
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @ParameterizedTest
  @EnumSource
  void deliversWhatTheBackupOwesAndNothingThatItDoesNotKnow(Journal journal) throws Exception {
    hold(TestGateway.LUCJA, 1);
    look(2);
    await().until(() -> settledAll(notified()));
    system.stop();
    look(1);
    Path backup = backUpUnderTraffic();
    hold(TestGateway.SIAN, 2);
    look(2);
    system.start();
    clock.advance(LONGER_THAN_ANY_RETRY);
    await().until(() -> lane().waiting() == 0);
    system.stop();
    look(2);
    await().until(() -> lane().state() == LaneStatus.State.OPEN);
    gateway.close();

    LastSequences last = restore(backup, journal);
    List<NotificationId> owed = owed();
    long calls = authorities.calls(TOWER_HAMLETS);
    List<NotificationId> toldBefore = notified();
    system.start();
    try (RecordedLog log = RecordedLog.of(Restore.class.getName())) {
      open();
      assertThat(log.messages().get(0)).startsWith("CPG-RESTORED ");
      assertThat(log.messages()).contains("CPG-RESTORED-SEQUENCE authority=TWH last=1");
    }

    assertThat(last.authorities().get(1).lastNumber()).hasValue(1);
    assertThat(operations("GET", "/sequences").toString()).contains("\"lastNumber\":1");
    assertThat(found(TestGateway.LUCJA)).isTrue();
    assertThat(found(TestGateway.SIAN)).isFalse();
    assertThat(owed).isNotEmpty();
    await().until(() -> settledAll(owed) && lane().waiting() == 0);
    hold(TestGateway.SIAN, 2);
    assertThat(found(TestGateway.SIAN)).isTrue();
    await().until(() -> lane().waiting() == 0);
    assertThat(authorities.calls(TOWER_HAMLETS) - calls).isEqualTo(owed.size() + 2L);
    List<NotificationId> told = new ArrayList<>(notified());
    told.removeAll(toldBefore);
    assertThat(told).hasSize(2);
  }

  private Path backUpUnderTraffic() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Void> traffic =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                found(TestGateway.LUCJA);
                asked.incrementAndGet();
              }
            });
    await().until(() -> asked.get() > 3);
    JsonNode taken = operations("POST", "/backup");
    int then = asked.get();
    await().until(() -> asked.get() > then + 3);
    over.set(true);
    traffic.get();
    return Path.of(taken.path("place").asText());
  }

  private LastSequences restore(Path backup, Journal journal) throws IOException {
    Files.move(folder.resolve("store"), folder.resolve("store-lost"));
    if (journal == Journal.LOST) {
      try (Stream<Path> files = Files.walk(folder.resolve("queue"))) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    GatewayConfig settings =
        Configuration.read(folder.resolve("gateway.properties"), Map.of()).settings();
    return Restore.from(backup, settings, OPERATOR, clock);
  }

  /** What the restored store owes. */
  private List<NotificationId> owed() {
    try (Store store = TestStore.open(folder.resolve("store"))) {
      return store.read(tx -> tx.owed().unsettledOf(TWH, 0, 10_000)).stream()
          .map(OwedReference::id)
          .toList();
    }
  }

  private void open() {
    gateway =
        TestGateway.open(
            folder,
            clock,
            TestGateway.delivered(COLLECTS, TOWER_HAMLETS, system.address()),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
  }

  private LaneStatus lane() {
    return gateway.gateway().lanes().stream()
        .filter(lane -> lane.authority().equals(TWH))
        .findFirst()
        .orElseThrow();
  }

  private List<NotificationId> notified() {
    return system.tasks().stream().map(FollowUpTask::notification).toList();
  }

  private boolean settledAll(List<NotificationId> ids) {
    return !ids.isEmpty()
        && ids.stream().allMatch(id -> gateway.gateway().settledAt(id).isPresent());
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(Duration.ofSeconds(1));
      found(TestGateway.LUCJA);
    }
  }

  private boolean found(DemographicPerson person) {
    TestSystem homerton = TestSystem.homerton();
    return !gateway
        .client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, person.number().digits()))
        .answer(PlanQueryResponse.class)
        .getAuthorityRecords()
        .isEmpty();
  }

  private void hold(DemographicPerson person, long sequence) {
    LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(TOWER_HAMLETS)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    TOWER_HAMLETS,
                    sequence,
                    "020 7946 0011",
                    Submissions.record(person, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }

  private JsonNode operations(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.gateway().operations().resolve(path))
            .header("X-Operator", "a.operator")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
