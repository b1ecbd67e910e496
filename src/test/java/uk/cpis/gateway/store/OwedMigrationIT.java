package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.ShownAccess;

/** Stores that an earlier version of the gateway left. */
class OwedMigrationIT {

  private static final UUID ACCESS = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final NotificationId OWED = NotificationId.of(ACCESS, TOWER_HAMLETS);

  @TempDir Path directory;

  @Test
  void aStoreOfVersionTwoStillDeliversWhatItOwed() throws SQLException {
    new SchemaVersion("2").in(directory, OwedMigrationIT::accessesOfVersionTwo);

    try (Store store = Examples.open(directory)) {
      AccessNotification owed = notification(store, OWED);

      assertThat(owed.number()).isEqualTo(1);
      assertThat(owed.person()).isEqualTo(CHILD);
      assertThat(owed.access().userName()).isEqualTo("Siân Nurse");
      assertThat(owed.records())
          .singleElement()
          .satisfies(record -> assertThat(record.plan().key().person()).isEqualTo(CHILD));
      assertThat(owed.history())
          .extracting(ShownAccess::userName)
          .containsExactly("Siân Nurse", "Siân Earlier");
      assertThat(owed.patterns()).isEmpty();
      List<OwedReference> open = store.read(tx -> tx.owed().unsettledOf(TOWER_HAMLETS, 0, 10));
      assertThat(open).hasSize(1);
    }
  }

  @Test
  void accessesOfVersionTwoAreCountedInNoRegionAndSayTheSameAfterNewOnes() throws SQLException {
    new SchemaVersion("2").in(directory, OwedMigrationIT::accessesOfVersionTwo);

    try (Store store = Examples.open(directory)) {
      AccessNotification before = notification(store, OWED);
      Access next = Examples.access("U1", NOON.plus(Duration.ofDays(1)));
      store
          .writer()
          .submit(
              next,
              List.of(Examples.owed(Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER))))
          .join();

      assertThat(notification(store, OWED)).isEqualTo(before);
      assertThat(
              notification(store, NotificationId.of(next.id(), TOWER_HAMLETS))
                  .patterns()
                  .orElseThrow()
                  .last7Days())
          .isEqualTo(new AccessPatterns.Counts(3, 2, 1));
    }
  }

  private static AccessNotification notification(Store store, NotificationId id) {
    return (AccessNotification) store.read(tx -> tx.owed().notification(id)).orElseThrow();
  }

  private static void accessesOfVersionTwo(Statement statement) throws SQLException {
    statement.execute(
        """
        INSERT INTO local_authority
          (code, name, region, emergency_duty_telephone, registered_emergency)
        VALUES ('TWH', 'Tower Hamlets', 'London', '020 7946 0001', '020 7946 0001')
        """);
    access(statement, 1, "2026-11-20 11:00:00", "Earlier");
    access(statement, 2, "2026-11-20 12:00:00", "Nurse");
    statement.execute(
        """
        INSERT INTO owed_notification
          (id, kind, cause, authority, owed_number, number, made_at, nhs_number, settled)
        VALUES ('%s', 'ACCESS', '%s', 'TWH', 1, 1, TIMESTAMP('2026-11-20 12:00:00'), '9990000018',
          false)
        """
            .formatted(OWED, ACCESS));
    statement.execute(
        """
        INSERT INTO owed_record
          (notification, position, plan_type, start_date, active, family_name, given_name,
           date_of_birth, message_id, sequence_number)
        VALUES ('%s', 0, 'LAC', DATE('2025-01-31'), true, 'Ó Briain', 'Łucja',
          DATE('2015-02-28'), '%s', 7)
        """
            .formatted(OWED, ACCESS));
  }

  private static void access(Statement statement, int number, String at, String family)
      throws SQLException {
    statement.execute(
        """
        INSERT INTO audit_record
          (id, number, happened_at, event, outcome, organisation, nhs_number, author_kind, user_key,
           job_role_code, job_role_name, staff_given_name, staff_family_name, author_organisation,
           author_organisation_name, access_mode, records_found, shown)
        VALUES ('00000000-0000-4000-8000-00000000000%d', %d, TIMESTAMP('%s'), 'QUERY_ANSWERED',
          'FOUND', 'RQX', '9990000018', 'P', 'user-%d', 'R0260', 'Nurse', 'Siân', '%s', 'RQX',
          'Homerton', 'NOTIFYING', 1, true)
        """
            .formatted(number, number, at, number, family));
    statement.execute(
        """
        INSERT INTO shown_access
          (number, nhs_number, accessed_at, user_key, organisation, organisation_name, user_name,
           job_role_code, job_role_name)
        VALUES (%d, '9990000018', TIMESTAMP('%s'), 'user-%d', 'RQX', 'Homerton', 'Siân %s',
          'R0260', 'Nurse')
        """
            .formatted(number, at, number, family));
  }
}
