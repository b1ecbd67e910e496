package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.RecordedLog;

/** A store of which files are damaged or gone: it says so, and nothing begins anew over them. */
class DamagedStoreIT {

  private static final String WAY_BACK = "restore it from a backup";
  private static final int PAGE = 4_096;

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path database;

  @BeforeAll
  static void fill() throws IOException {
    OwedNotification owed =
        Examples.owed(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    Examples.withAuthorities(Examples.open(shared.resolve("store"))).close();
    copy(shared.resolve("store"), shared.resolve("older"));
    try (Store store = Examples.open(shared.resolve("store"))) {
      IntStream.range(0, 200)
          .mapToObj(i -> store.writer().submit(Examples.access("U" + i, NOON), List.of(owed)))
          .toList()
          .forEach(each -> each.join());
      store.noteNewest();
      copy(shared.resolve("store"), shared.resolve("crashed"));
    }
  }

  @BeforeEach
  void copy() throws IOException {
    copy(shared.resolve("store"), folder.resolve("store"));
    database = folder.resolve("store").resolve("database");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void isWholeAsItWasLeft() {
    assertThat(Store.faultsOf(settings())).isEmpty();
  }

  @Test
  void refusesWithoutItsDatabase() throws IOException {
    removeAll(database);
    refuses(WAY_BACK);
    assertThat(database).doesNotExist();
  }

  @Test
  void refusesWithoutItsPages() throws IOException {
    removeAll(database.resolve("seg0"));
    refuses(WAY_BACK);
    refuses(WAY_BACK);
  }

  @Test
  void refusesWithoutItsLog() throws IOException {
    removeAll(database.resolve("log"));
    refuses(WAY_BACK);
  }

  @Test
  void opensAfterACrashWithAllThatWasCommitted() {
    try (Store store = Examples.open(shared.resolve("crashed"))) {
      long newest = store.read(tx -> tx.audit().after(199, 10).size());
      assertThat(newest).isEqualTo(1);
    }
  }

  @Test
  void refusesFilesThatAreOlderThanWhatWasCommitted() throws IOException {
    StoreDirectory.removeAll(folder.resolve("store"));
    copy(shared.resolve("older"), folder.resolve("store"));
    Files.copy(
        shared.resolve("store").resolve("newest"),
        folder.resolve("store").resolve("newest"),
        StandardCopyOption.REPLACE_EXISTING);
    refuses("the store has lost what was committed");
    assertThat(Store.faultsOf(settings()))
        .singleElement()
        .asString()
        .startsWith("the store has lost what was committed");
    refuses(WAY_BACK);
  }

  @Test
  void isNotCalledWholeWhereNobodyKnowsHowFarItHadCome() throws IOException {
    Files.writeString(folder.resolve("store").resolve("newest"), "17");
    assertThat(Store.faultsOf(settings()))
        .singleElement()
        .asString()
        .endsWith("newest cannot be read, so it is not known whether anything is lost");
  }

  @Test
  void refusesWithoutItsDescription() throws IOException {
    Files.delete(database.resolve("service.properties"));
    refuses(WAY_BACK);
  }

  @Test
  void findsAPageThatWasDamagedInTheMiddleOfATable() throws IOException {
    flipInTheMiddle(largest());
    assertThat(Store.faultsOf(settings())).isNotEmpty().allMatch(line -> line.contains("damaged"));
    Path backups = Files.createDirectory(folder.resolve("backups"));
    try (Store store = Store.open(settings())) {
      assertThatThrownBy(() -> store.backup().into(backups, NOON))
          .isInstanceOf(StoreException.class);
    }
    assertThat(backups.resolve("2026-11-20T120000Z")).doesNotExist();
  }

  @Test
  void tellsOnceAndKnowsFromThenOnThatADamagedPageWasMet() throws IOException {
    flipInTheMiddle(largest());
    Path backups = Files.createDirectory(folder.resolve("backups"));
    try (RecordedLog log = RecordedLog.of(Damage.class.getName());
        Store store = Store.open(settings())) {
      store.check();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> store.backup().into(backups, NOON))
            .isInstanceOf(StoreException.class);
      }
      assertThatThrownBy(store::check)
          .isInstanceOfSatisfying(
              StoreException.class, damage -> assertThat(damage.damaged()).isTrue())
          .hasMessageContaining("restore a backup");
      assertThat(log.messages()).filteredOn(line -> line.contains("CPG-STORE-DAMAGED")).hasSize(1);
    }
  }

  @Test
  void findsATableThatWasCutShort() throws IOException {
    Path file = largest();
    truncate(file, Files.size(file) / 2 / PAGE * PAGE);
    assertThat(Store.faultsOf(settings())).isNotEmpty().allMatch(line -> line.contains("damaged"));
  }

  private Path largest() throws IOException {
    return Digests.files(database.resolve("seg0")).stream()
        .max(Comparator.comparing(file -> file.toFile().length()))
        .orElseThrow();
  }

  private static void flipInTheMiddle(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2 / PAGE * PAGE + 100] ^= 1;
    Files.write(file, content);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private void refuses(String saying) {
    assertThatThrownBy(() -> Store.open(settings()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(saying);
  }

  private StoreSettings settings() {
    return Examples.settings(folder.resolve("store"));
  }

  private static void removeAll(Path tree) throws IOException {
    StoreDirectory.removeAll(tree);
  }
}
