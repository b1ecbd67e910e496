package uk.cpis.gateway.delivery;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.queue.QueueSettings;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.EncryptionKey;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.Settlement;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;
import uk.cpis.gateway.testing.SettableClock;

/** A real store, real lanes and delivery between them, which can be closed and opened again. */
final class DeliveryHouse implements AutoCloseable {

  static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  static final OdsCode HACKNEY = new OdsCode("HCK");

  private static final EncryptionKey KEY = new EncryptionKey("0123456789abcdef".repeat(4));
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  final SettableClock clock = new SettableClock(NOON);
  final ScriptedAuthorities authorities = new ScriptedAuthorities();
  private final Path directory;
  private DeliverySettings settings = settings(Duration.ofMillis(10), 100);
  private volatile Set<OdsCode> pushed = Set.of(TOWER_HAMLETS, HACKNEY);

  /** Who collects or is delivered to otherwise than before, in the order it came into force. */
  final List<String> switched = new CopyOnWriteArrayList<>();

  private final Map<OdsCode, Boolean> inForce = new ConcurrentHashMap<>();
  private volatile BiConsumer<OdsCode, Boolean> told = (authority, delivered) -> {};
  private Steps steps = Steps.NONE;

  private Optional<Store> store = Optional.empty();
  private Optional<Lanes> lanes = Optional.empty();
  private Optional<Delivery> delivery = Optional.empty();

  private DeliveryHouse(Path directory) {
    this.directory = directory;
  }

  /** Makes a store with its authorities, to be copied: making one takes longer than most tests. */
  static void makeStore(Path folder) {
    try (Store made = openStore(folder)) {
      made.change(
          tx ->
              Stream.of(TOWER_HAMLETS, HACKNEY)
                  .forEach(code -> tx.authorities().register(Accesses.authority(code))));
    }
  }

  /** A house over a copy of that store. */
  static DeliveryHouse over(Path store, Path directory) throws IOException {
    DeliveryHouse house = new DeliveryHouse(directory);
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            house.storeFolder().resolve(store.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return house;
  }

  private static Store openStore(Path folder) {
    return Store.open(new StoreSettings(folder, KEY, 500, Duration.ofSeconds(3), 8, 1_000, 64));
  }

  /** Short waits that never grow, so that a test sees the next attempt soon. */
  static DeliverySettings settings(Duration wait, int mostSetAside) {
    return new DeliverySettings(
        RetrySettings.between(wait, wait),
        Duration.ofDays(14),
        new SendAgainSettings(5, true),
        mostSetAside,
        Duration.ZERO,
        Duration.ofMillis(50),
        Duration.ofSeconds(5));
  }

  DeliveryHouse with(DeliverySettings other) {
    settings = other;
    return this;
  }

  DeliveryHouse pushingOnly(OdsCode... only) {
    pushed = Set.of(only);
    return this;
  }

  /** Has this done before a way comes into force; what it throws is as if that had failed. */
  DeliveryHouse telling(BiConsumer<OdsCode, Boolean> act) {
    told = act;
    return this;
  }

  DeliveryHouse reaching(Steps listener) {
    steps = listener;
    return this;
  }

  DeliveryHouse open() {
    openStoreAndLanes();
    deliver();
    return this;
  }

  /** From now on the ways are known as they are registered. */
  void openStoreAndLanes() {
    Stream.of(TOWER_HAMLETS, HACKNEY).forEach(each -> inForce.put(each, pushed.contains(each)));
    store = Optional.of(openStore(storeFolder()));
    lanes = Optional.of(Lanes.open(QueueSettings.in(brokerFolder()), pushed));
  }

  void deliver() {
    delivery =
        Optional.of(
            Delivery.open(
                store(),
                lanes(),
                new Recipients(authority -> pushed.contains(authority), this::inForce, authorities),
                settings,
                new Audit(store(), clock, UUID::randomUUID, Duration.ofSeconds(10)),
                clock,
                new Random(7),
                steps));
  }

  private void inForce(OdsCode authority, boolean delivered) {
    told.accept(authority, delivered);
    if (!Objects.equals(inForce.put(authority, delivered), delivered)) {
      switched.add(authority + " " + delivered);
    }
  }

  /** Registers these for delivery, and the others for collection, while all goes on. */
  void switchTo(OdsCode... only) {
    pushed = Set.of(only);
    delivery().waysChanged();
  }

  /** The first step of a start that finds this authority collecting. */
  void switchToCollection(OdsCode authority) {
    Predicate<OdsCode> others = each -> !each.equals(authority);
    Switching.of(store(), lanes(), others, new DeliveryLog())
        .toCollection(new LaneFeed(store(), lanes(), others, Steps.NONE));
  }

  private Path storeFolder() {
    return directory.resolve("store");
  }

  Path brokerFolder() {
    return directory.resolve("broker");
  }

  /** As after a disk that failed; only while everything is closed. */
  void loseTheBrokersData() throws IOException {
    try (Stream<Path> files = Files.walk(brokerFolder())) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  Store store() {
    return store.orElseThrow();
  }

  Lanes lanes() {
    return lanes.orElseThrow();
  }

  Delivery delivery() {
    return delivery.orElseThrow();
  }

  void stopDelivering() {
    delivery.ifPresent(Delivery::close);
    delivery = Optional.empty();
  }

  @Override
  public void close() {
    stopDelivering();
    lanes.ifPresent(Lanes::close);
    lanes = Optional.empty();
    store.ifPresent(Store::close);
    store = Optional.empty();
  }

  /** One access after another, each owed to this authority. */
  List<NotificationId> owe(int accesses, OdsCode authority) {
    return IntStream.range(0, accesses).mapToObj(each -> owe(authority).get(0)).toList();
  }

  /** One access that is owed to each of these, in their order. */
  List<NotificationId> owe(OdsCode... to) {
    Access access = Accesses.access(clock.instant());
    List<OwedNotification> owed = Stream.of(to).map(Accesses::owed).toList();
    store().writer().submit(access, owed).join();
    return Stream.of(to).map(authority -> NotificationId.of(access.id(), authority)).toList();
  }

  /** What the mailbox offers this authority, oldest first. */
  List<NotificationId> collectable(OdsCode authority) {
    return store().read(tx -> tx.owed().collectable(authority, 0, 1_000)).stream()
        .map(OwedReference::id)
        .toList();
  }

  /** As when the authority acknowledged what it collected. */
  void settle(NotificationId id, AuthorityAnswer answer) {
    store().change(tx -> tx.settlements().settle(id, answer, clock.instant()));
  }

  Optional<Settlement> settlement(NotificationId id) {
    return store().read(tx -> tx.settlements().find(id));
  }

  boolean settled(List<NotificationId> ids) {
    return ids.stream().allMatch(id -> settlement(id).isPresent());
  }

  LaneStatus status(OdsCode authority) {
    return delivery().status().stream()
        .filter(each -> each.authority().equals(authority))
        .findFirst()
        .orElseThrow();
  }
}
