package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.TODAY;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;

class StoreIT {

  private static final Plan PLAN = Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);

  @TempDir Path directory;

  @Test
  void keepsWhatWasCommittedWhenOpenedAgain() {
    try (Store store = Store.open(Examples.settings(directory))) {
      store.change(tx -> tx.plans().put(PLAN, Examples.NOON));
    }
    try (Store store = Examples.open(directory)) {
      assertThat(visible(store)).containsExactly(PLAN);
    }
  }

  @Test
  void keepsNothingOfATransactionThatFailed() {
    try (Store store = Examples.open(directory)) {
      assertThatThrownBy(
              () ->
                  store.change(
                      tx -> {
                        tx.plans().put(PLAN, Examples.NOON);
                        throw new IllegalStateException("second thoughts");
                      }))
          .hasMessage("second thoughts");

      assertThat(visible(store)).isEmpty();
    }
  }

  @Test
  void refusesAWrongKeyAndSaysSo() {
    Examples.open(directory).close();
    EncryptionKey other = new EncryptionKey("f".repeat(64));

    assertThatThrownBy(() -> Store.open(StoreSettings.of(directory, other)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the encryption key is not the one it was made with")
        .satisfies(e -> assertThat(chain(e)).doesNotContain(other.hex()));

    Examples.open(directory).close();
  }

  @Test
  void refusesToBeOpenedTwice() {
    try (Store store = Examples.open(directory)) {
      assertThatThrownBy(() -> Examples.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("open already");

      assertThat(visible(store)).isEmpty();
    }
  }

  @Test
  void undoesAllOfATransactionThatAsksForIt() {
    try (Store store = Examples.withAuthorities(Examples.open(directory))) {
      String said =
          store.inTransaction(
              tx -> {
                tx.authorities().setLastSequence(Examples.TOWER_HAMLETS, 5);
                tx.undo();
                return "undone";
              });

      assertThat(said).isEqualTo("undone");
      OptionalLong last = store.read(tx -> tx.authorities().lastSequence(Examples.TOWER_HAMLETS));
      assertThat(last).isEmpty();
    }
  }

  @Test
  void refusesAFolderWhoseDatabaseIsGone() throws IOException {
    Files.writeString(directory.resolve("something"), "left over");

    assertThatThrownBy(() -> Examples.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("holds files but no database");
  }

  @Test
  void refusesADamagedDatabaseAndDoesNotBeginAnew() throws IOException {
    Examples.open(directory).close();
    Path properties = directory.resolve("database").resolve("service.properties");
    Files.delete(properties);

    assertThatThrownBy(() -> Examples.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("restore it from a backup");
    assertThat(properties).doesNotExist();
  }

  @Test
  void refusesADatabaseWhosePagesAreDamaged() throws IOException {
    Examples.open(directory).close();
    for (Path file : files(directory.resolve("database").resolve("seg0"))) {
      byte[] content = Files.readAllBytes(file);
      Arrays.fill(content, (byte) 7);
      Files.write(file, content);
    }

    assertThatThrownBy(() -> Examples.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void takesUpAMakingThatACrashInterrupted() throws IOException {
    Path interrupted = directory.resolve("making").resolve("database");
    Files.createDirectories(interrupted);
    Files.writeString(interrupted.resolve("service.properties"), "half");
    Files.writeString(directory.resolve("derby.log"), "booting");

    try (Store store = Examples.open(directory)) {
      assertThat(visible(store)).isEmpty();
    }
    assertThat(directory.resolve("making")).doesNotExist();
  }

  @Test
  void writesNoNameAndNoNumberInTheClear() throws IOException {
    try (Store store = Examples.open(directory)) {
      store.change(tx -> tx.plans().put(PLAN, Examples.NOON));
    }

    for (Path file : files(directory)) {
      byte[] content = Files.readAllBytes(file);
      assertThat(contains(content, CHILD.digits().getBytes(StandardCharsets.UTF_8))).isFalse();
      assertThat(contains(content, "Briain".getBytes(StandardCharsets.UTF_8))).isFalse();
      assertThat(contains(content, "Briain".getBytes(StandardCharsets.UTF_16BE))).isFalse();
      assertThat(contains(content, Examples.KEY.hex().getBytes(StandardCharsets.UTF_8))).isFalse();
    }
  }

  @Test
  void saysWhatFailedWithoutTheValues() {
    String longName = "Briain".repeat(100);
    try (Store store = Examples.open(directory)) {
      assertThatThrownBy(
              () ->
                  store.change(
                      tx ->
                          tx.authorities()
                              .register(
                                  new LocalAuthority(
                                      TOWER_HAMLETS,
                                      longName,
                                      "London",
                                      Examples.authority(TOWER_HAMLETS).contacts()))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("INSERT INTO local_authority")
          .hasMessageContaining("22001")
          .satisfies(e -> assertThat(chain(e)).doesNotContain("Briain"));
    }
  }

  private static List<Plan> visible(Store store) {
    return store.read(tx -> tx.plans().visible(CHILD, TODAY));
  }

  private static String chain(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean contains(byte[] content, byte[] part) {
    return new String(content, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }
}
