package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.HACKNEY;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TODAY;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;

/** Backups taken beside live traffic, and the stores that are made of them. */
class BackupIT {

  private static final Plan PLAN = Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
  private static final OwedNotification OWED = Examples.owed(PLAN);
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));

  /** A million, and a thousand for each second since the backup. */
  private static final long LEAP = 1_000_000 + 3_600 * 1_000;

  @TempDir static Path shared;
  private static Path made;

  @TempDir Path folder;
  private final List<Access> accesses = new ArrayList<>();

  /** Of a store with two accesses. */
  @BeforeAll
  static void takeABackup() throws IOException {
    Path backups = Files.createDirectory(shared.resolve("backups"));
    Files.createDirectories(backups.resolve("making").resolve("half"));
    try (Store store = Examples.withAuthorities(Examples.open(shared.resolve("store")))) {
      for (String user : List.of("A", "B")) {
        store.writer().submit(Examples.access(user, NOON), List.of(OWED)).join();
      }
      made = store.backup().into(backups, NOON).place();
    }
  }

  @Test
  void isTheStoreOfItsMomentThoughWritingGoesOn() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Backup.Taken taken;
    int before;
    try (Store store = Examples.withAuthorities(Examples.open(folder.resolve("store")))) {
      store.change(tx -> tx.plans().put(PLAN, NOON));
      CompletableFuture<Void> traffic =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  access(store);
                }
              });
      Awaitility.await().until(() -> count() > 50);
      before = count();
      taken = store.backup().into(folder, NOON);
      Awaitility.await().until(() -> count() > before + 50);
      over.set(true);
      traffic.get();
    }
    restore(taken.place());

    try (Store restored = Examples.open(folder.resolve("restored"))) {
      List<Plan> plans = restored.read(tx -> tx.plans().visible(CHILD, TODAY));
      assertThat(plans).containsExactly(PLAN);
      int kept = (int) accesses.stream().filter(access -> isOwed(restored, access)).count();
      assertThat(kept).isBetween(before, accesses.size());
      assertThat(accesses.subList(0, kept)).allMatch(access -> isOwed(restored, access));
    }
  }

  @Test
  void givesNoNumberAgainThatMayHaveBeenUsedSinceTheBackup() {
    restore(made);
    try (Store restored = Examples.open(folder.resolve("restored"))) {
      long carried = restored.read(tx -> tx.watermark().get());
      assertThat(carried).isEqualTo(LEAP + 2);
      Access next = access(restored);
      assertThat(numbers(restored, next, TOWER_HAMLETS)).isEqualTo(new long[] {LEAP + 3, LEAP + 3});
      OwedNotification other = Examples.owed(Examples.plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER));
      Access another = Examples.access("V", NOON);
      restored.writer().submit(another, List.of(other)).join();
      assertThat(numbers(restored, another, HACKNEY)).isEqualTo(new long[] {LEAP + 4, LEAP + 3});
      List<AuditRecord> audited = restored.read(tx -> tx.audit().after(2, 10));
      assertThat(audited)
          .extracting(each -> each.number().orElseThrow())
          .containsExactly(LEAP + 3, LEAP + 4, LEAP + 5);
    }
  }

  @Test
  void isToldBeforeWhatTheBackupHadWithoutANumber() throws SQLException {
    Path place;
    try (Store store = Examples.withAuthorities(Examples.open(folder.resolve("store")))) {
      access(store);
      EmbeddedDataSource source = new EmbeddedDataSource();
      source.setDatabaseName(folder.resolve("store").resolve("database").toString());
      try (Connection connection = source.getConnection();
          Statement adding = connection.createStatement()) {
        adding.executeUpdate(
            "INSERT INTO audit_record (id, happened_at, event, outcome) VALUES"
                + " ('00000000-0000-4000-8000-000000000000',"
                + " TIMESTAMP('2026-11-20 12:00:00'), 'LANE_RETRIED', 'NOW')");
      }
      place = store.backup().into(folder, NOON).place();
    }
    restore(place);
    try (Store restored = Examples.open(folder.resolve("restored"))) {
      List<AuditRecord> audited = restored.read(tx -> tx.audit().after(1, 10));
      assertThat(audited)
          .extracting(each -> each.entry().event())
          .containsExactly(AuditEvent.STORE_RESTORED, AuditEvent.LANE_RETRIED);
    }
  }

  @Test
  void isARecordedFact() {
    restore(made);
    try (Store restored = Examples.open(folder.resolve("restored"))) {
      AuditRecord first = restored.read(tx -> tx.audit().after(2, 1)).get(0);
      assertThat(first.entry())
          .extracting(AuditEntry::event, AuditEntry::operator)
          .containsExactly(AuditEvent.STORE_RESTORED, Optional.of(OPERATOR));
      Restorations.Restoration fact = new Restorations.Restoration(LATER, NOON, "a.operator");
      assertThat(told(restored)).containsExactly(fact);
      assertThat(told(restored)).isEmpty();
      Optional<Restorations.Restoration> newest = restored.read(tx -> tx.restorations().newest());
      assertThat(newest).contains(fact);
    }
  }

  @Test
  void refusesAnotherKeyBeforeAnythingIsMade() {
    StoreSettings other =
        StoreSettings.of(folder.resolve("restored"), new EncryptionKey("f".repeat(64)));

    assertThatThrownBy(() -> Store.restore(other, made, OPERATOR, entry()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the key is not the one that the backup was made with");
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @Test
  void refusesABackupOfWhichAFileWasChangedOrIsMissingOrDoesNotBelong() throws IOException {
    Path backup = copyOfTheBackup();
    Path page = files(backup.resolve("database").resolve("seg0")).get(3);
    byte[] content = Files.readAllBytes(page);
    content[content.length / 2] ^= 1;
    Files.write(page, content);
    refuses(backup, "was changed");

    content[content.length / 2] ^= 1;
    Path other = Files.write(backup.resolve("database").resolve("other"), content);
    Files.write(page, content);
    refuses(backup, "does not belong");

    Files.delete(other);
    Files.delete(page);
    refuses(backup, "is missing");
    Files.delete(backup.resolve("manifest"));
    refuses(backup, "there is no manifest");
  }

  @Test
  void restoresIntoAnEmptyFolderOnly() throws IOException {
    refuses(made, shared.resolve("store"), "into an empty folder only");

    Path restored = Files.createDirectory(folder.resolve("restored"));
    Files.writeString(restored.resolve("something"), "left over");
    refuses(made, restored, "into an empty folder only");
    assertThat(restored.resolve("database")).doesNotExist();
  }

  @Test
  void isNoStoreUntilItsRestoreCameToItsEnd() throws IOException {
    Path restored = Files.createDirectories(folder.resolve("restored").resolve("database"));
    Files.writeString(restored.resolveSibling("restoring"), "as a crash would leave it");

    assertThatThrownBy(() -> Examples.open(restored.getParent()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("did not come to its end");
    refuses(made, "into an empty folder only");
  }

  @Test
  void leavesNothingThatLooksLikeABackupWhenItIsNotWhole() throws IOException {
    assertThat(files(made.getParent())).isNotEmpty().allMatch(file -> file.startsWith(made));
    assertThat(made.getFileName()).hasToString("2026-11-20T120000Z");
  }

  private static List<Restorations.Restoration> told(Store store) {
    return store.inTransaction(tx -> tx.restorations().tell());
  }

  private void refuses(Path backup, String because) {
    refuses(backup, folder.resolve("restored"), because);
  }

  private static void refuses(Path backup, Path into, String because) {
    assertThatThrownBy(() -> Store.restore(Examples.settings(into), backup, OPERATOR, entry()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(because);
  }

  private Path copyOfTheBackup() throws IOException {
    Path copy = folder.resolve("copy");
    for (Path file : files(made)) {
      Path to = copy.resolve(made.relativize(file).toString());
      Files.createDirectories(to.getParent());
      Files.copy(file, to);
    }
    return copy;
  }

  private void restore(Path backup) {
    Store.restore(Examples.settings(folder.resolve("restored")), backup, OPERATOR, entry());
  }

  private static AuditEntry entry() {
    return new AuditEntry(
        UUID.randomUUID(),
        LATER,
        AuditEvent.STORE_RESTORED,
        "OF_A_BACKUP",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(OPERATOR));
  }

  private Access access(Store store) {
    Access access = Examples.access("U" + UUID.randomUUID(), NOON);
    store.writer().submit(access, List.of(OWED)).join();
    synchronized (accesses) {
      accesses.add(access);
    }
    return access;
  }

  private int count() {
    synchronized (accesses) {
      return accesses.size();
    }
  }

  private static boolean isOwed(Store store, Access access) {
    return store.read(
        tx -> tx.owed().find(NotificationId.of(access.id(), TOWER_HAMLETS)).isPresent());
  }

  private static long[] numbers(Store store, Access access, OdsCode authority) {
    NotificationId id = NotificationId.of(access.id(), authority);
    return new long[] {
      store.read(tx -> tx.owed().find(id)).orElseThrow().owedNumber(),
      store.read(tx -> tx.owed().notification(id)).orElseThrow().number()
    };
  }

  private static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
