package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterReason;

/** Dead letters of a store of the version before get a reason, and their place in the order. */
class DeadLetterMigrationIT {

  private static final SchemaVersion BEFORE = new SchemaVersion("8");

  @TempDir private Path directory;

  @Test
  void deadLettersOfTheVersionBeforeGetTheReasonThatTheirCauseTells() throws SQLException {
    BEFORE.in(
        directory,
        statement -> {
          authority(statement);
          deadLetter(statement, 1, 9, "fault 201");
          deadLetter(statement, 2, 8, "tried for PT336H, the last: no connection in time");
          deadLetter(
              statement, 3, 7, "waited for PT336H in the mailbox without an acknowledgement");
        });

    try (Store store = Examples.open(directory)) {
      List<DeadLetter> letters = store.read(tx -> tx.deadLetters().of(TOWER_HAMLETS, 10));

      assertThat(letters)
          .extracting(DeadLetter::number, each -> each.givenUp().reason())
          .containsExactly(
              tuple(1L, DeadLetterReason.REFUSED),
              tuple(2L, DeadLetterReason.OUTLIVED),
              tuple(3L, DeadLetterReason.UNCOLLECTED));
      assertThat(letters).allSatisfy(each -> assertThat(each.givenUp().attempts()).isZero());
    }
  }

  private static void authority(Statement statement) throws SQLException {
    statement.execute(
        """
        INSERT INTO local_authority
          (code, name, region, emergency_duty_telephone, registered_emergency)
        VALUES ('TWH', 'Tower Hamlets', 'London', '020 7946 0001', '020 7946 0001')
        """);
  }

  /** Given up in another order than they were owed in. */
  private static void deadLetter(Statement statement, int number, int hour, String cause)
      throws SQLException {
    statement.execute(
        """
        INSERT INTO owed_notification
          (id, kind, cause, authority, owed_number, number, made_at, nhs_number, settled)
        VALUES ('00000000-0000-4000-8000-00000000000%d', 'BIRTH',
          '00000000-0000-4000-8000-000000000099', 'TWH', %d, %d, TIMESTAMP('2026-11-01 12:00:00'),
          '9990000018', false)
        """
            .formatted(number, number, number));
    statement.execute(
        """
        INSERT INTO dead_letter (notification, authority, cause, given_up_at)
        VALUES ('00000000-0000-4000-8000-00000000000%d', 'TWH', '%s',
          TIMESTAMP('2026-11-20 0%d:00:00'))
        """
            .formatted(number, cause, hour));
  }
}
