package uk.cpis.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;

class FollowUpTasksTest {
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T02:10:00.250Z"));

  private static final Instant OWED = Instant.parse("2026-11-21T02:10:00.100Z");

  @TempDir Path folder;

  @Test
  void numbersTasksAndWritesEachIntoAFile() throws Exception {
    FollowUpTasks tasks = tasks();

    tasks.of(notification(1), NotificationKind.ACCESS, OWED, "Ring Łucja's ward.\n");
    tasks.of(notification(2), NotificationKind.BIRTH, OWED, "A baby was born.\n");

    assertThat(tasks.all()).extracting(FollowUpTask::number).containsExactly(1, 2);
    assertThat(Files.readString(folder.resolve("tasks/TWH/1.txt")))
        .startsWith("Task 1\n")
        .endsWith("\n\nRing Łucja's ward.\n");
  }

  @Test
  void makesOneTaskOfOneNotification() {
    FollowUpTasks tasks = tasks();

    FollowUpTask first = tasks.of(notification(1), NotificationKind.ACCESS, OWED, "Ring.\n");
    FollowUpTask again = tasks.of(notification(1), NotificationKind.ACCESS, OWED, "Ring.\n");

    assertThat(again).isEqualTo(first);
    assertThat(tasks.all()).hasSize(1);
  }

  @Test
  void remembersItsTasksAfterARestart() {
    FollowUpTask before =
        tasks().of(notification(1), NotificationKind.ACCESS, OWED, "Ring.\nNow.\n");

    FollowUpTasks after = tasks();
    after.of(notification(1), NotificationKind.ACCESS, OWED, "Ring.\nNow.\n");
    FollowUpTask next = after.of(notification(2), NotificationKind.ACCESS, OWED, "Ring again.\n");

    assertThat(after.all()).containsExactly(before, next);
    assertThat(next.number()).isEqualTo(2);
  }

  @Test
  void keepsWhatATaskSaysOutOfItsTextualForm() {
    FollowUpTask task = tasks().of(notification(1), NotificationKind.ACCESS, OWED, "Ring Łucja.\n");

    assertThat(task.toString()).contains("TWH 1").doesNotContain("Łucja");
  }

  private FollowUpTasks tasks() {
    return new FollowUpTasks(TWH, SimulatorFolder.at(folder), CLOCK);
  }

  private static NotificationId notification(int which) {
    return new NotificationId(new UUID(0, which));
  }
}
