package uk.cpis.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestSystem;

/** The gateway's clock jumps forward and back while it works, over every edge of a calendar. */
class ClockFaultsIT {

  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern NUMBER = Pattern.compile("[nN]umber>(\\d{1,6})<");

  private static final Map<String, String> SHORT_WAITS =
      Map.of("cpis.delivery.first-retry", "50ms", "cpis.delivery.longest-retry", "200ms");

  @TempDir private Path folder;
  private SettableClock clock;
  private FaultyAuthority tower;
  private TestGateway gateway;
  private Scene scene;

  @AfterEach
  void close() throws IOException {
    gateway.close();
    tower.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-24T09:00:00Z, PT1H",
    "2026-12-24T23:59:58Z, PT4S",
    "2027-03-28T00:30:00Z, PT1H",
    "2027-10-31T00:30:00Z, PT1H",
    "2028-02-28T23:30:00Z, PT1H",
    "2028-02-29T23:30:00Z, PT1H",
    "2026-12-24T09:00:00Z, P13D"
  })
  void keepsTheOrderAndLosesNothingWhenTheClockJumpsForwardAndBack(Instant from, Duration jump)
      throws IOException {
    open(from);
    scene.look();
    tower.fail(AuthorityFault.HTTP_500);
    scene.look();
    clock.advance(jump);
    scene.look();
    clock.advance(jump.negated());
    scene.look();
    await().atMost(SOON).until(() -> scene.lane(TWH).state() != LaneStatus.State.FLOWING);
    tower.recover();

    await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 0);

    assertThat(scene.lane(TWH).deadLetters()).isZero();
    assertThat(numbersAsAccepted())
        .as("the numbers, in the order in which the authority accepted them")
        .isEqualTo(LongStream.rangeClosed(1, 4).boxed().toList());
  }

  @Test
  void triesOnThoughTheClockIsSetBackByADay() throws IOException {
    open(now());
    tower.fail(AuthorityFault.HTTP_500);
    scene.look();
    await().atMost(SOON).until(() -> tower.received().size() >= 2);

    clock.advance(Duration.ofDays(-1));
    tower.recover();

    await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 0);
  }

  @Test
  void triesBeforeItGivesUpWhenTheClockJumpsBeyondTheTimeOfPersistence() throws IOException {
    open(now());
    tower.fail(AuthorityFault.STALLED);
    scene.look();
    scene.look();
    await().atMost(SOON).until(() -> tower.received().size() == 1);

    clock.advance(Duration.ofDays(15));
    tower.recover();

    await().atMost(SOON).until(() -> scene.lane(TWH).waiting() == 0);
    assertThat(scene.lane(TWH).deadLetters()).isZero();
    assertThat(tower.accepted()).hasSize(2);
  }

  @Test
  void refusesWhatIsNotFreshByItsClockAndTakesItWhenTheClockIsRightAgain() throws IOException {
    open(now());
    TestClient client = gateway.client(HOMERTON);
    TestMessage query =
        client.message(
            Interaction.QUERY, Queries.of(HOMERTON, TestGateway.LUCJA.number().digits()));
    byte[] signedNow = query.signed(HOMERTON.signingKeys(), clock);

    clock.advance(HOUR);
    String tooOld = refusal(client, query, signedNow);
    clock.advance(HOUR.multipliedBy(-2));
    String fromTheFuture = refusal(client, query, signedNow);
    clock.advance(HOUR);

    assertThat(tooOld).isEqualTo("CPG-705");
    assertThat(fromTheFuture).isEqualTo("CPG-705");
    assertThat(client.send(query, signedNow).answer(PlanQueryResponse.class).getAuthorityRecords())
        .hasSize(1);
  }

  /** Its answer is signed at the gateway's time, so its own clock must be looked at as well. */
  private static String refusal(TestClient client, TestMessage query, byte[] bytes) {
    List<String> codes = client.send(query, bytes).fault().codes();
    return codes.get(codes.size() - 1);
  }

  private List<Long> numbersAsAccepted() {
    return tower.received().stream()
        .filter(message -> tower.accepted().contains(message.notification()))
        .map(ClockFaultsIT::number)
        .distinct()
        .toList();
  }

  private static long number(NotifiedMessage message) {
    Matcher number = NUMBER.matcher(message.content());
    assertThat(number.find()).isTrue();
    return Long.parseLong(number.group(1));
  }

  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void open(Instant from) throws IOException {
    clock = new SettableClock(from);
    tower = new FaultyAuthority(TOWER_HAMLETS, clock);
    gateway =
        TestGateway.open(
            folder, clock, SHORT_WAITS, Scene.delivered(TOWER_HAMLETS, "020 7946 0001", tower));
    scene = new Scene(gateway);
    scene.hold(TOWER_HAMLETS);
  }
}
