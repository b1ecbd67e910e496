package uk.cpis.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SmallDisk;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The broker's disk is lost, damaged, full or read-only: queries are answered all the same, what is
 * owed waits in the store, and the lanes come back by themselves.
 */
class BrokerFaultsIT {

  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final String WAITING = "notifications wait in the store";
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int TOO_LITTLE_FOR_A_JOURNAL = 5;

  /** Short, so that what waited is tried soon when the authority is there. */
  private static final Map<String, String> SHORT_WAITS =
      Map.of("cpis.delivery.first-retry", "50ms", "cpis.delivery.longest-retry", "200ms");

  @TempDir private Path folder;
  private FaultyAuthority tower;
  private TestGateway gateway;
  private Scene scene;

  @BeforeEach
  void openTheAuthority() throws IOException {
    tower = new FaultyAuthority(TOWER_HAMLETS, InstantSource.system());
  }

  @AfterEach
  void closeTheAuthority() throws IOException {
    tower.close();
  }

  @ParameterizedTest
  @EnumSource
  void rebuildsTheLanesFromTheStoreWhateverBecameOfTheJournal(JournalDamage damage)
      throws IOException {
    open();
    scene.hold(TOWER_HAMLETS);
    scene.look();
    await().atMost(SOON).until(() -> tower.accepted().size() == 1);
    tower.fail(AuthorityFault.HTTP_500);
    scene.look();
    scene.look();
    await().atMost(SOON).until(() -> tower.received().size() >= 3);
    gateway.close();
    damage.to(folder.resolve("queue"));
    tower.recover();

    try (RecordedLog queueLog = RecordedLog.of("uk.cpis.gateway.queue");
        RecordedLog deliveryLog = RecordedLog.of("uk.cpis.gateway.delivery")) {
      open();
      await().atMost(SOON).until(() -> tower.accepted().size() == 3);
      await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 0);
      saidLoudly(damage, queueLog.messages(), deliveryLog.messages());
    }
    scene.look();
    await().atMost(SOON).until(() -> tower.accepted().size() == 4);
    assertThat(scene.health()).doesNotContain(WAITING);
    assertThat(tower.received().stream().distinct())
        .as("each notification is the same on every attempt")
        .hasSize(4);
    gateway.close();
  }

  private void saidLoudly(JournalDamage damage, List<String> queue, List<String> delivery) {
    if (damage == JournalDamage.OTHER_VERSION) {
      assertThat(queue).anyMatch(line -> line.startsWith("CPG-JOURNAL-DAMAGED"));
      assertThat(folder.resolve("queue").resolve("damaged").resolve("journal")).isDirectory();
    }
    assertThat(delivery)
        .anyMatch(line -> line.startsWith("CPG-LANE-REBUILT authority=TWH queuedAgain="));
  }

  @Test
  void answersWithoutRoomForAJournalAndDeliversOnceThereIsRoom() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("queue"), 100)) {
      disk.fill(TOO_LITTLE_FOR_A_JOURNAL);
      try (RecordedLog log = RecordedLog.of("uk.cpis.gateway")) {
        open();
        answersAndOwes();
        await().atMost(SOON).until(() -> log.messages().toString().contains("CPG-RELAY-DOWN"));

        await()
            .atMost(SOON)
            .until(() -> scene.lane(TWH).lastCause().toString().contains("queue is down"));

        disk.empty();

        await().atMost(SOON).until(() -> tower.accepted().size() == 1);
        assertThat(log.messages()).filteredOn(each -> each.contains("CPG-BROKER-DOWN")).hasSize(1);
        assertThat(log.messages()).noneMatch(each -> each.contains("CPG-LANE-TROUBLED"));
        assertThat(log.messages()).noneMatch(each -> each.contains("CPG-SEND-AGAIN-FAILED"));
      }
      await().atMost(SOON).until(() -> !scene.health().contains(WAITING));
      gateway.close();
    }
  }

  @Test
  void answersWhileTheJournalsDiskFillsAndDeliversOnceThereIsRoomWithoutARestart()
      throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("queue"), 100)) {
      open();
      scene.hold(TOWER_HAMLETS);
      tower.fail(AuthorityFault.HTTP_500);
      scene.look();
      scene.look();
      await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 2);

      disk.fill(0);
      scene.look();
      assertThat(tower.accepted()).isEmpty();
      disk.empty();
      tower.recover();

      await().atMost(SOON).until(() -> tower.accepted().size() == 3);
      await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 0);
      assertThat(scene.lane(TWH).settledSinceStart()).isEqualTo(3);
      assertThat(scene.health()).doesNotContain(WAITING);
      gateway.close();
    }
  }

  @Test
  void answersWhileTheJournalsFolderIsReadOnlyAndDeliversOnceItIsNot() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("queue"), 100)) {
      disk.readOnly(true);
      open();
      answersAndOwes();

      disk.readOnly(false);

      await().atMost(SOON).until(() -> tower.accepted().size() == 1);
      await().atMost(SOON).until(() -> !scene.health().contains(WAITING));
      gateway.close();
    }
  }

  private void answersAndOwes() {
    scene.hold(TOWER_HAMLETS);
    scene.look();
    assertThat(scene.health()).contains(WAITING);
    assertThat(scene.lane(TWH).waiting()).isEqualTo(1);
    assertThat(tower.received()).isEmpty();
  }

  private void open() {
    gateway =
        TestGateway.open(
            folder,
            InstantSource.system(),
            SHORT_WAITS,
            Scene.delivered(TOWER_HAMLETS, "020 7946 0001", tower));
    scene = new Scene(gateway);
  }
}
