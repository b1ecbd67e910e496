package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.evidence.MerkleTree;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Salts;
import uk.cpis.gateway.evidence.Seal;
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
      export(store, file);
    }
    Report report = verified(file);

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

  @Test
  void whatAVersionBeforeRegistrationsAndPlacesSealedIsWholeStill() throws Exception {
    new SchemaVersion("12").in(directory.resolve("store"), AuditSealMigrationIT::twoSealed);
    Path file = directory.resolve("audit.txt");

    try (Store store = Examples.open(directory.resolve("store"))) {
      assertThat(store.<Object>read(tx -> tx.registration().all())).isEqualTo(Map.of());
      List<AuditRecord> audit = store.read(tx -> tx.audit().after(0, 10));
      assertThat(audit.get(0).entry().operator()).contains(new Operator("a.operator", "unknown"));
      assertThat(audit.get(1).entry().origin())
          .hasValueSatisfying(
              origin -> {
                assertThat(origin.revocationUnknown()).isFalse();
                assertThat(origin.remoteAddress()).isEqualTo("192.0.2.1");
              });
      TestSealing.of(store, InstantSource.system()).sealAll();
      export(store, file);
    }

    Report report = verified(file);
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(2);
    assertThat(report.seals()).isEqualTo(1);
  }

  private static final String OF_AN_OPERATOR =
      "{\"number\":1,\"id\":\"00000000-0000-4000-8000-000000000001\","
          + "\"happened_at\":\"2026-11-20T11:00:00Z\",\"event\":\"LANE_RETRIED\","
          + "\"outcome\":\"NOW\",\"operator\":\"a.operator\"}";
  private static final String OF_A_SYSTEM =
      "{\"number\":2,\"id\":\"00000000-0000-4000-8000-000000000002\","
          + "\"happened_at\":\"2026-11-20T11:00:01Z\",\"event\":\"HOLDINGS_READ\","
          + "\"outcome\":\"SHOWN\",\"asid\":\"200000000201\",\"transport_certificate\":\""
          + "ab".repeat(32)
          + "\",\"signing_certificate\":\""
          + "cd".repeat(32)
          + "\",\"remote_address\":\"192.0.2.1\"}";

  /** As that version wrote and sealed them. */
  private static void twoSealed(Statement statement) throws SQLException {
    statement.execute(
        """
        INSERT INTO audit_record (id, number, happened_at, event, outcome, operator)
        VALUES ('00000000-0000-4000-8000-000000000001', 1, TIMESTAMP('2026-11-20 11:00:00'),
          'LANE_RETRIED', 'NOW', 'a.operator')
        """);
    statement.execute(
        """
        INSERT INTO audit_record (id, number, happened_at, event, outcome, asid,
          transport_certificate, signing_certificate, remote_address)
        VALUES ('00000000-0000-4000-8000-000000000002', 2, TIMESTAMP('2026-11-20 11:00:01'),
          'HOLDINGS_READ', 'SHOWN', '200000000201', '%s', '%s', '192.0.2.1')
        """
            .formatted("ab".repeat(32), "cd".repeat(32)));
    byte[] secret = new byte[Salts.SECRET_BYTES];
    byte[] first = leaf(secret, 1, OF_AN_OPERATOR);
    byte[] second = leaf(secret, 2, OF_A_SYSTEM);
    Instant newest = Instant.parse("2026-11-20T11:00:01Z");
    Seal seal =
        Seal.of(
            1,
            1,
            List.of(first, second),
            Seal.NONE,
            newest,
            newest.plusSeconds(60),
            TestSealing.key());
    String hex = HexFormat.of().formatHex(first) + HexFormat.of().formatHex(second);
    statement.execute(
        """
        INSERT INTO audit_seal
          (number, first_number, last_number, newest_at, line, secret, leaves)
        VALUES (1, 1, 2, TIMESTAMP('2026-11-20 11:00:01'), '%s', X'%s', X'%s')
        """
            .formatted(seal.line(), "00".repeat(Salts.SECRET_BYTES), hex));
  }

  private static byte[] leaf(byte[] secret, long number, String line) {
    return MerkleTree.leaf(new Salts(secret).of(number), line.getBytes(StandardCharsets.UTF_8));
  }

  private static void export(Store store, Path file) throws IOException {
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

  private static Report verified(Path file) {
    return new Verification(
            file,
            List.of(TestSealing.certificate()),
            List.of(),
            List.of(),
            Verification.USUALLY_KEPT)
        .report();
  }

  private static void sevenRecords(Statement statement) throws SQLException {
    for (int number = 1; number <= 7; number++) {
      statement.execute(ROW.formatted(number, number));
    }
  }
}
