package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TODAY;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.steps.Steps;

/** The store's key is changed, and the change is interrupted wherever it can be. */
class KeyChangeIT {

  private static final Plan PLAN = Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
  private static final EncryptionKey FORMER = new EncryptionKey("0a".repeat(32));
  private static final EncryptionKey NEXT = new EncryptionKey("1b".repeat(32));

  @TempDir private static Path shared;
  @TempDir private Path folder;

  /** In place of the end of the process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void makeAStore() {
    try (Store store = Examples.withAuthorities(Store.open(settings(shared, FORMER)))) {
      store.change(tx -> tx.plans().put(PLAN, NOON));
      store.writer().submit(Examples.access("A", NOON), List.of(Examples.owed(PLAN))).join();
    }
  }

  @Test
  void opensWithTheNewKeyOnlyAndHoldsAllThatItHeld() throws IOException {
    copy();

    Store.changeKey(settings(folder, FORMER), NEXT);

    assertThatThrownBy(() -> Store.open(settings(folder, FORMER)).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the encryption key is not the one it was made with");
    assertThat(Store.faultsOf(settings(folder, NEXT))).isEmpty();
    holdsEverything(NEXT);
    assertThat(names()).doesNotContain("former-key", "changing-key");
  }

  @ParameterizedTest
  @EnumSource(KeyChange.Stage.class)
  void opensWithOneKeyAndHoldsEverythingWhereverItWasInterrupted(KeyChange.Stage stage)
      throws IOException {
    copy();

    assertThatThrownBy(
            () ->
                Database.changeKey(
                    settings(folder, FORMER),
                    NEXT,
                    reached -> {
                      if (reached == stage) {
                        throw new Killed();
                      }
                    }))
        .isInstanceOf(Killed.class);

    boolean changed = stage.compareTo(KeyChange.Stage.PUT_IN_PLACE) >= 0;
    EncryptionKey right = changed ? NEXT : FORMER;
    EncryptionKey wrong = changed ? FORMER : NEXT;
    assertThatThrownBy(() -> Store.existing(settings(folder, wrong)).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("key");
    holdsEverything(right);
    assertThat(names()).doesNotContain("former-key", "changing-key");
    if (!changed) {
      Store.changeKey(settings(folder, FORMER), NEXT);
      holdsEverything(NEXT);
    }
  }

  /** All of them take half a minute: {@code -Dkey-change=all}. */
  static List<KeyChange.Stage> killedAt() {
    return System.getProperty("key-change", "").equals("all")
        ? List.of(KeyChange.Stage.values())
        : List.of(KeyChange.Stage.PUT_ASIDE);
  }

  @ParameterizedTest
  @MethodSource("killedAt")
  void saysWhichKeyCountsWhereverTheProcessWasKilled(KeyChange.Stage stage) throws Exception {
    copy();

    changeAndKill(stage);

    boolean changed = stage.compareTo(KeyChange.Stage.PUT_IN_PLACE) >= 0;
    boolean nothingToTell = stage == KeyChange.Stage.BEGUN || stage == KeyChange.Stage.TIDIED;
    assertThatThrownBy(() -> Store.existing(settings(folder, changed ? FORMER : NEXT)).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the encryption key is not the one it was made with")
        .hasMessageContaining(
            nothingToTell ? "" : changed ? "the new key counts" : "the former key counts");
    holdsEverything(changed ? NEXT : FORMER);
    assertThat(names()).doesNotContain("former-key", "changing-key");
  }

  private void changeAndKill(KeyChange.Stage stage) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KeyChangeProcess.class.getName(),
                folder.resolve("store").toString(),
                FORMER.hex(),
                NEXT.hex(),
                stage.name())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals(KeyChangeProcess.THERE)) {
        line = lines.readLine();
      }
      assertThat(line).isNotNull();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void isBackedUpAndRestoredWithItsNewKeyAndItsOldBackupsWithTheFormerOne() throws IOException {
    copy();
    Path before = backUp("before", FORMER);
    Store.changeKey(settings(folder, FORMER), NEXT);
    Path after = backUp("after", NEXT);

    assertThatThrownBy(() -> BackupManifest.checked(before, NEXT)).hasMessageContaining("key");
    assertThat(BackupManifest.checked(before, FORMER).audited()).isPositive();
    assertThat(BackupManifest.checked(after, NEXT).audited()).isPositive();
    StoreSettings restored = settings(folder.resolve("restored"), NEXT);
    Database.restore(restored, after.resolve(BackupManifest.DATABASE), Steps.NONE).close();
    assertThat(Files.exists(folder.resolve("restored").resolve("store").resolve("database")))
        .isTrue();
  }

  @Test
  void changesNothingForAnUnfitKeyOrWithoutTheRightOne() throws IOException {
    copy();

    refuses(FORMER, FORMER, "is the one that the store has already");
    refuses(FORMER, new EncryptionKey("1b".repeat(16)), "must be as long as");
    refuses(NEXT, new EncryptionKey("2c".repeat(32)), "the encryption key is not the one");
    holdsEverything(FORMER);
    assertThatThrownBy(() -> Store.changeKey(settings(folder.resolve("none"), FORMER), NEXT))
        .hasMessageContaining("there is no store in");
  }

  @Test
  void changesNothingWhileTheStoreIsOpen() throws IOException {
    copy();

    try (Store open = Store.open(settings(folder, FORMER))) {
      refuses(FORMER, NEXT, "is open already");
      List<Plan> plans = open.read(tx -> tx.plans().visible(CHILD, TODAY));
      assertThat(plans).containsExactly(PLAN);
    }
  }

  private void refuses(EncryptionKey former, EncryptionKey next, String why) {
    assertThatThrownBy(() -> Store.changeKey(settings(folder, former), next))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(why);
  }

  private Path backUp(String name, EncryptionKey key) throws IOException {
    Path backups = Files.createDirectory(folder.resolve(name));
    try (Store store = Store.open(settings(folder, key))) {
      return store.backup().into(backups, NOON).place();
    }
  }

  private void holdsEverything(EncryptionKey key) {
    try (Store store = Store.existing(settings(folder, key))) {
      List<Plan> plans = store.read(tx -> tx.plans().visible(CHILD, TODAY));
      List<AuditRecord> audit = store.read(tx -> tx.audit().after(0, 10));
      assertThat(plans).containsExactly(PLAN);
      assertThat(audit).hasSize(1);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(shared.resolve("store"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(shared.relativize(file).toString()));
      }
    }
  }

  private static StoreSettings settings(Path place, EncryptionKey key) {
    return new StoreSettings(
        place.resolve("store"), key, 1_000, Duration.ofSeconds(3), 8, 1_000, 64);
  }
}
