package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;

/** A store of the version before goes on with the sequences where they were. */
class SequenceMigrationIT {

  private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000057");

  @TempDir Path directory;

  @Test
  void numbersThatWereTakenStayTakenAndRecordsKeepTheirs() throws SQLException {
    new SchemaVersion("2").in(directory, SequenceMigrationIT::submissionOfVersionTwo);

    try (Store store = Examples.open(directory)) {
      OptionalLong last = store.read(tx -> tx.authorities().lastSequence(TOWER_HAMLETS));
      assertThat(last).hasValue(57);
      assertThat(takes57(store)).isFalse();
      assertThat(plan(store).appliedAfter(56)).isTrue();

      store.change(tx -> tx.authorities().resetSequence(TOWER_HAMLETS));

      assertThat(takes57(store)).isTrue();
      assertThat(plan(store).appliedAfter(56)).isFalse();
    }
  }

  private static boolean takes57(Store store) {
    return store.inTransaction(tx -> tx.submissions().add(another()));
  }

  private static StoredPlan plan(Store store) {
    return store.read(tx -> tx.plans().find(key())).orElseThrow();
  }

  private static StoredSubmission another() {
    return new StoredSubmission(
        UUID.randomUUID(),
        TOWER_HAMLETS,
        new Asid("200000000201"),
        Submission.Kind.UPDATE,
        new SubmissionReference(new MessageId(UUID.randomUUID()), 57),
        new ContentDigest("ef".repeat(32)),
        true,
        NOON,
        Acknowledgement.of(List.of()));
  }

  private static PlanKey key() {
    return new PlanKey(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
  }

  private static void submissionOfVersionTwo(Statement statement) throws SQLException {
    statement.executeUpdate(
        """
        INSERT INTO local_authority
          (code, name, region, emergency_duty_telephone, registered_emergency)
        VALUES ('TWH', 'Tower Hamlets', 'London', '020 7946 0001', '020 7946 0001')
        """);
    statement.executeUpdate("INSERT INTO submission_sequence VALUES ('TWH', 57)");
    statement.executeUpdate(
        """
        INSERT INTO submission
          (id, authority, asid, message_id, kind, digest, sequence_number, taken_number,
           received_at, file_code)
        VALUES ('%s', 'TWH', '200000000201', '%s', 'UPDATE', '%s', 57, 57,
          TIMESTAMP('2026-11-20 12:00:00'), 'CPF02')
        """
            .formatted(FIRST, FIRST, "ab".repeat(32)));
    statement.executeUpdate(
        """
        INSERT INTO plan
          (nhs_number, authority, plan_type, start_date, family_name, given_name, date_of_birth,
           message_id, sequence_number, changed_at, deleted)
        VALUES ('%s', 'TWH', 'LAC', DATE('2026-01-31'), 'Exampleton', 'Siân',
          DATE('2018-04-01'), '%s', 57, TIMESTAMP('2026-11-20 12:00:00'), false)
        """
            .formatted(CHILD.digits(), FIRST));
  }
}
