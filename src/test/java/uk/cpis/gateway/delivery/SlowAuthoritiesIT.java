package uk.cpis.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.queue.QueueSettings;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.EncryptionKey;
import uk.cpis.gateway.store.Settlement;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;

/**
 * Twenty of 153 authorities stall, and the others are delivered to as ever. The build sees that
 * they are; with the system property {@code faults.measure} it is also measured how soon, in rounds
 * with and without, one after the other.
 */
class SlowAuthoritiesIT {

  private static final int AUTHORITIES = 153;
  private static final int STALLED = 20;
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 4);
  private static final int ACCESSES_A_ROUND = 1_500;
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final List<OdsCode> ALL =
      IntStream.range(0, AUTHORITIES).mapToObj(i -> new OdsCode("L" + (100 + i))).toList();

  @TempDir private Path folder;
  private Store store;
  private Lanes lanes;
  private Delivery delivery;
  private volatile CountDownLatch stall = new CountDownLatch(0);

  @BeforeEach
  void open() {
    EncryptionKey key = new EncryptionKey("0123456789abcdef".repeat(4));
    store =
        Store.open(
            new StoreSettings(
                folder.resolve("store"), key, 2_000, Duration.ofSeconds(3), 8, 1_000, 64));
    store.change(tx -> ALL.forEach(code -> tx.authorities().register(Accesses.authority(code))));
    lanes = Lanes.open(QueueSettings.in(folder.resolve("queue")), Set.copyOf(ALL));
    delivery =
        Delivery.open(
            store,
            lanes,
            new Recipients(authority -> true, this::answer),
            DeliveryHouse.settings(Duration.ofMillis(50), 100),
            new Audit(store, InstantSource.system(), UUID::randomUUID, Duration.ofSeconds(10)),
            InstantSource.system(),
            new Random(7),
            Steps.NONE);
  }

  @AfterEach
  void close() {
    stall.countDown();
    delivery.close();
    lanes.close();
    store.close();
  }

  private DeliveryOutcome answer(Notification notification) {
    if (isSlow(notification.authority())) {
      try {
        stall.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ScriptedAuthorities.UNREACHABLE;
      }
    }
    return ScriptedAuthorities.ACCEPTED;
  }

  private static boolean isSlow(OdsCode authority) {
    return ALL.indexOf(authority) < STALLED;
  }

  @Test
  void deliversToAllOthersWhileTwentyStallAndToThoseAfterwards() {
    stall = new CountDownLatch(1);
    List<NotificationId> slow = owe(ALL.subList(0, STALLED));
    List<NotificationId> others = owe(ALL.subList(STALLED, AUTHORITIES));

    await().atMost(LONG).until(() -> others.stream().allMatch(id -> settledAt(id).isPresent()));
    assertThat(slow).noneMatch(id -> settledAt(id).isPresent());
    stall.countDown();

    await().atMost(LONG).until(() -> slow.stream().allMatch(id -> settledAt(id).isPresent()));
  }

  @Test
  @EnabledIfSystemProperty(named = "faults.measure", matches = "true")
  void measuresTheOthersWithAndWithoutTwentyThatStall() {
    round(false);
    List<Double> well = new ArrayList<>();
    List<Double> stalled = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      well.add(p99(round(false)));
      stalled.add(p99(round(true)));
    }
    System.out.printf(
        "p99 of the others, owed to settled: all well %s ms, %d of %d stalled %s ms;"
            + " medians %.0f and %.0f ms, ratio %.2f%n",
        well,
        STALLED,
        AUTHORITIES,
        stalled,
        median(well),
        median(stalled),
        median(stalled) / median(well));
  }

  private record Sent(NotificationId id, OdsCode authority, Instant at) {}

  /** So many accesses at an even pace; how long each notification of the others took, in order. */
  private List<Long> round(boolean stalling) {
    stall = new CountDownLatch(stalling ? 1 : 0);
    Random random = new Random(11);
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < ACCESSES_A_ROUND; i++) {
      OdsCode authority = ALL.get(random.nextInt(AUTHORITIES));
      Instant at = InstantSource.system().instant();
      sent.add(new Sent(owe(List.of(authority)).get(0), authority, at));
      LockSupport.parkNanos(PACE_NANOS);
    }
    List<Sent> others = sent.stream().filter(each -> !isSlow(each.authority())).toList();
    await().atMost(LONG).until(() -> others.stream().allMatch(each -> isSettled(each.id())));
    stall.countDown();
    await().atMost(LONG).until(() -> sent.stream().allMatch(each -> isSettled(each.id())));
    return others.stream()
        .map(each -> Duration.between(each.at(), settledAt(each.id()).orElseThrow()).toMillis())
        .sorted()
        .toList();
  }

  private static double p99(List<Long> sorted) {
    return sorted.get((int) (sorted.size() * 0.99));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private boolean isSettled(NotificationId id) {
    return settledAt(id).isPresent();
  }

  private Optional<Instant> settledAt(NotificationId id) {
    return store.read(tx -> tx.settlements().find(id)).map(Settlement::at);
  }

  private List<NotificationId> owe(List<OdsCode> authorities) {
    Access access = Accesses.access(InstantSource.system().instant());
    store.writer().submit(access, authorities.stream().map(Accesses::owed).toList()).join();
    return authorities.stream().map(code -> NotificationId.of(access.id(), code)).toList();
  }
}
