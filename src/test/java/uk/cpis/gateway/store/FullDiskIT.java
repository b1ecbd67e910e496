package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.SmallDisk;

/** A store whose disk is full to the last byte, whatever the gauge said. */
class FullDiskIT {

  private static final OwedNotification OWED =
      Examples.owed(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));

  @TempDir Path folder;
  private SmallDisk disk;
  private Store store;
  private final List<Access> answered = new ArrayList<>();
  private int next;

  @BeforeEach
  void open() {
    disk = SmallDisk.mounted(folder.resolve("disk"), 40);
    try {
      store = Examples.withAuthorities(Examples.open(disk.root().resolve("store")));
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
      disk.close();
    }
  }

  @Test
  void answersNothingWithoutARowAndComesBackByItselfWhenThereIsRoom() {
    submitUntilItFails(100);
    disk.fill(0);
    int failed = submitUntilItFails(20_000);
    assertThat(failed).as("the disk is full").isPositive();
    assertThat(works()).isFalse();

    disk.empty();
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(this::works);
    submitUntilItFails(50);

    allAreThere();
    store.close();
    store = Examples.open(disk.root().resolve("store"));
    allAreThere();
    saysNothingOfThePerson(disk.root().resolve("store").resolve(StoreDirectory.LOG));
  }

  /** Derby has one log a process, beside the first store that was opened in it. */
  private static void saysNothingOfThePerson(Path log) {
    assertThat(System.getProperty("derby.stream.error.logSeverityLevel")).isEqualTo("50000");
    if (Files.exists(log)) {
      assertThat(log).content().contains("Booting").doesNotContain(CHILD.digits());
    }
  }

  private void allAreThere() {
    List<Access> missing =
        answered.stream()
            .filter(
                access ->
                    store.read(
                        tx ->
                            tx.owed()
                                .find(NotificationId.of(access.id(), TOWER_HAMLETS))
                                .isEmpty()))
            .toList();
    assertThat(missing).isEmpty();
  }

  private boolean works() {
    return submitUntilItFails(1) == 0;
  }

  /** Ends early after five failures. */
  private int submitUntilItFails(int most) {
    int failed = 0;
    for (int i = 0; i < most && failed < 5; i++) {
      Access access = Examples.access("U" + next++, NOON);
      try {
        AccessOutcome outcome = store.writer().submit(access, List.of(OWED)).join();
        assertThat(outcome).isInstanceOf(AccessOutcome.Committed.class);
        answered.add(access);
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(StoreException.class);
        failed++;
      }
    }
    return failed;
  }
}
