package uk.cpis.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.faults.AuthorityFault.Meanwhile;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

/**
 * An authority's system fails in every way, with the whole gateway and real TLS on both sides: what
 * the authority sees, what becomes of the notification, and how soon all is well again. Waits are
 * milliseconds here, so that one look shows what takes minutes in service.
 */
class AuthorityFaultsIT {

  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final TestSystem HACKNEY = TestSystem.hackney();
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final OdsCode HCK = new OdsCode("HCK");

  /** Waits of milliseconds, and calls that are cut after a second or two. */
  private static final Map<String, String> SHORT_WAITS =
      Map.of(
          "cpis.delivery.first-retry", "20ms",
          "cpis.delivery.longest-retry", "100ms",
          "cpis.outbound.connect-timeout", "1s",
          "cpis.outbound.call-timeout", "1500ms");

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static FaultyAuthority tower;
  private static FaultyAuthority hackney;
  private static TestGateway gateway;

  @BeforeAll
  static void open() throws IOException {
    tower = new FaultyAuthority(TOWER_HAMLETS, InstantSource.system());
    hackney = new FaultyAuthority(HACKNEY, InstantSource.system());
    gateway =
        TestGateway.open(
            folder,
            InstantSource.system(),
            SHORT_WAITS,
            Scene.delivered(TOWER_HAMLETS, "020 7946 0001", tower),
            Scene.delivered(HACKNEY, "020 7946 0002", hackney));
    new Scene(gateway).hold(TOWER_HAMLETS);
    new Scene(gateway).hold(HACKNEY);
  }

  @AfterAll
  static void close() throws IOException {
    gateway.close();
    tower.close();
    hackney.close();
  }

  @AfterEach
  void recover() throws IOException {
    tower.recover();
  }

  @ParameterizedTest
  @EnumSource
  void losesAndDoublesNothingWhateverAnAuthoritysSystemDoes(AuthorityFault fault)
      throws IOException {
    await().atMost(SOON).until(() -> lane(TWH).waiting() == 0 && lane(HCK).waiting() == 0);
    long dead = lane(TWH).deadLetters();
    int hackneys = hackney.accepted().size();
    int connections = tower.connections();
    int heard = tower.received().size();
    tower.fail(fault);

    look();

    await().atMost(SOON).until(() -> hackney.accepted().size() == hackneys + 1);
    meanwhile(fault, heard, connections, dead);
    if (fault.meanwhile == Meanwhile.OTHERS_FLOW || fault.meanwhile == Meanwhile.DEAD_LETTER) {
      othersFlow(fault, tower.received().get(heard));
    }
    tower.recover();

    look();
    await().atMost(SOON).until(() -> lane(TWH).waiting() == 0 && lane(HCK).waiting() == 0);
    boolean dies = fault.meanwhile == Meanwhile.DEAD_LETTER;
    assertThat(lane(TWH).deadLetters()).isEqualTo(dead + (dies ? 1 : 0));
    assertThat(Set.copyOf(hackney.received())).hasSameSizeAs(hackney.accepted());
    assertThat(contents())
        .as("each notification is the same on every attempt")
        .hasSameSizeAs(ids());
    assertThat(ids().size() - tower.accepted().size())
        .as("what was heard and never accepted is a dead letter")
        .isEqualTo((int) lane(TWH).deadLetters());
  }

  private static Set<NotifiedMessage> contents() {
    return Set.copyOf(tower.received());
  }

  private static Set<String> ids() {
    return tower.received().stream()
        .map(NotifiedMessage::notification)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void meanwhile(AuthorityFault fault, int heard, int connections, long dead) {
    switch (fault.meanwhile) {
      case LANE_WAITS -> {
        await().atMost(SOON).until(() -> lane(TWH).state() != LaneStatus.State.FLOWING);
        if (fault.heard) {
          await().atMost(SOON).until(() -> tower.received().size() >= heard + 2);
          assertThat(Set.copyOf(tower.received().subList(heard, heard + 2))).hasSize(1);
        } else if (fault != AuthorityFault.DOWN) {
          await().atMost(SOON).until(() -> tower.connections() >= connections + 2);
        }
        assertThat(lane(TWH).waiting()).isEqualTo(1);
        assertThat(lane(TWH).lastCause()).isPresent();
      }
      case OTHERS_FLOW -> {
        await().atMost(SOON).until(() -> tower.received().size() >= heard + 2);
        assertThat(Set.copyOf(tower.received().subList(heard, heard + 2))).hasSize(1);
        assertThat(lane(TWH).waiting()).isEqualTo(1);
      }
      case DEAD_LETTER -> await().atMost(SOON).until(() -> lane(TWH).deadLetters() == dead + 1);
      case NOTHING -> await().atMost(SOON).until(() -> lane(TWH).waiting() == 0);
    }
  }

  /** Only this message meets the fault from now on: those after it overtake it. */
  private static void othersFlow(AuthorityFault fault, NotifiedMessage poisoned)
      throws IOException {
    tower.fail(fault, message -> message.notification().equals(poisoned.notification()));
    int before = tower.accepted().size();
    look();
    await().atMost(SOON).until(() -> tower.accepted().size() == before + 1);
    assertThat(tower.accepted()).doesNotContain(poisoned.notification());
  }

  private static LaneStatus lane(OdsCode authority) {
    return new Scene(gateway).lane(authority);
  }

  private static void look() {
    new Scene(gateway).look();
  }
}
