package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Verification;
import uk.cpis.gateway.security.RequestPacking;
import uk.cpis.gateway.testing.TestSealing;

/** The audit of a store that a version without seals left. */
class AuditSealMigrationIT {

  private static final String ROW =
      """
      INSERT INTO audit_record (id, number, happened_at, event, outcome)
      VALUES ('00000000-0000-4000-8000-00000000000%d', %d, TIMESTAMP('2026-11-20 11:00:00'),
        'LANE_RETRIED', 'NOW')
      """;

  @TempDir Path directory;

  @Test
  void recordsFromBeforeTheSealsAreSealedByTheFirstLook() throws Exception {
    new SchemaVersion("10").in(directory.resolve("store"), AuditSealMigrationIT::sevenRecords);
    Path file = directory.resolve("audit.txt");

    try (Store store = Examples.open(directory.resolve("store"))) {
      TestSealing.of(store, InstantSource.system()).step();
      AuditExport export =
          new AuditExport(
              store,
              new Asid("200000000001"),
              TestSealing.key(),
              InstantSource.system(),
              RequestPacking::unpacked);
      try (OutputStream out = Files.newOutputStream(file)) {
        export.write(out);
      }
    }
    Report report =
        new Verification(
                file,
                List.of(TestSealing.certificate()),
                List.of(),
                List.of(),
                Verification.USUALLY_KEPT)
            .report();

    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(7);
    assertThat(report.seals()).isEqualTo(3);
  }

  @Test
  void everyColumnOfARecordIsSealed() throws SQLException {
    Set<String> columns = new TreeSet<>();
    SchemaVersion.LATEST.in(
        directory.resolve("newest"),
        statement -> {
          try (ResultSet all =
              statement.getConnection().getMetaData().getColumns(null, null, "AUDIT_RECORD", "%")) {
            while (all.next()) {
              columns.add(all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
          }
        });
    Set<String> sealed = new TreeSet<>(AuditLines.TEXTS);
    sealed.addAll(Set.of("number", "id", "happened_at"));

    // The signature is sealed by its digest, which is what the record names as its request.
    sealed.add("request_signature");
    assertThat(columns).isEqualTo(sealed);
  }

  private static void sevenRecords(Statement statement) throws SQLException {
    for (int number = 1; number <= 7; number++) {
      statement.execute(ROW.formatted(number, number));
    }
  }
}
