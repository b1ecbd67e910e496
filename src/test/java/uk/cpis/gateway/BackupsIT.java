package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.BackupOutcome;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestServices;

/** When backups are taken. The clock stands at ten past nine on a Friday evening in November. */
class BackupsIT {

  private static final Duration TO_FOUR = Duration.ofHours(6).plusMinutes(50);
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void takesOneWhereTheHourWasMissedAndThenOneEveryNightAndKeepsTheNewest() {
    Backups backups = backups(true);
    backups.step();
    backups.step();
    assertThat(taken()).containsExactly("2026-11-20T211000Z");

    services.clock().advance(TO_FOUR.minusSeconds(1));
    backups.step();
    assertThat(taken()).hasSize(1);
    services.clock().advance(Duration.ofSeconds(1));
    backups.step();
    backups.step();
    assertThat(taken()).containsExactly("2026-11-20T211000Z", "2026-11-21T040000Z");

    services.clock().advance(DAY);
    backups.step();
    assertThat(taken()).containsExactly("2026-11-21T040000Z", "2026-11-22T040000Z");
    assertThat(backups.fault()).isEmpty();
    assertThat(backups.state()).isEqualTo("last taken at 2026-11-22T04:00:00Z");
    assertThat(services.entries(AuditEvent.STORE_BACKED_UP))
        .extracting(AuditEntry::operator, AuditEntry::outcome)
        .containsOnly(tuple(Optional.of(Operator.itself("schedule")), "COMPLETE"))
        .hasSize(3);
  }

  @Test
  void knowsAfterARestartThatItTookOneTonight() {
    backups(true).step();

    services.clock().advance(Duration.ofHours(1));
    backups(true).step();

    assertThat(taken()).hasSize(1);
  }

  @Test
  void takesNoneByItselfWhereNoneIsWantedButOneForAnOperator() {
    Backups backups = backups(false);
    backups.step();
    assertThat(taken()).isEmpty();

    assertThat(backups.takeFor(OPERATOR)).isInstanceOf(BackupOutcome.Taken.class);

    assertThat(taken()).hasSize(1);
  }

  @Test
  void tellsOnceThatTheyFailTriesAgainAndIsWellWhenOneIsTaken() throws IOException {
    Path inTheWay = Files.writeString(place(), "a file where the folder should be");
    Backups backups = backups(true);
    try (RecordedLog log = RecordedLog.of(Backups.class.getName())) {
      backups.step();
      backups.step();
      services.clock().advance(Duration.ofMinutes(10));
      backups.step();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("CPG-BACKUP-FAILED again=2026-11-20T21:20:00Z");
      assertThat(backups.fault()).isPresent();
      assertThat(services.audited(AuditEvent.STORE_BACKED_UP)).containsExactly("FAILED", "FAILED");

      Files.delete(inTheWay);
      backups.step();
      assertThat(taken()).as("it waits before it tries again").isEmpty();
      services.clock().advance(Duration.ofMinutes(10));
      backups.step();

      assertThat(taken()).hasSize(1);
      assertThat(backups.fault()).isEmpty();
      assertThat(log.messages()).hasSize(2).last().asString().startsWith("CPG-BACKED-UP place=");
    }
  }

  @Test
  void healthComplainsWhenThereWasNoneForTwoDays() {
    Backups backups = backups(true);
    services.clock().advance(Duration.ofHours(49));
    assertThat(backups.fault()).isEmpty();

    services.clock().advance(Duration.ofSeconds(1));

    assertThat(backups.fault()).contains("none taken yet");
  }

  private Path place() {
    return folder.resolve("backups");
  }

  private List<String> taken() {
    if (Files.notExists(place())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place())) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Backups backups(boolean nightly) {
    return new Backups(
        services.store(),
        services.audit(),
        services.clock(),
        new GatewayConfig.Backup() {
          @Override
          public Optional<Path> folder() {
            return Optional.of(place());
          }

          @Override
          public boolean nightly() {
            return nightly;
          }

          @Override
          public int hour() {
            return 4;
          }

          @Override
          public int keep() {
            return 2;
          }
        });
  }
}
