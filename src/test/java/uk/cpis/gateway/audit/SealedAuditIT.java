package uk.cpis.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.evidence.Finding;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Seal;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.evidence.Verification;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.store.AuditSeals;
import uk.cpis.gateway.store.AuditSeals.Sealed;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSealing;
import uk.cpis.gateway.testing.TestServices;

/** The audit of a real store, sealed three records together, exported and checked. */
class SealedAuditIT {

  private static final Asid GATEWAY = new Asid("200000000001");

  @TempDir Path folder;
  private TestServices services;
  private Sealer sealer;
  private List<String> ids = List.of();

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    sealer = TestSealing.of(services);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void sealsByCountAndByTimeAndWhatIsExportedIsWhole() throws IOException {
    record(2);
    sealer.step();
    assertThat(seals()).isEmpty();
    services.clock().advance(Duration.ofMinutes(1));
    sealer.step();
    assertThat(seals()).extracting(Sealed::first, Sealed::last).containsExactly(range(1, 2));
    record(4);
    sealer.step();
    assertThat(seals())
        .extracting(Sealed::first, Sealed::last)
        .containsExactly(range(1, 2), range(3, 5), range(6, 6));
    sealer.step();
    assertThat(seals()).hasSize(3);

    Report report = verify(export("audit.txt"));

    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(6);
    assertThat(report.last().map(Seal::line)).contains(seals().get(2).line());
  }

  @Test
  void whatIsExportedIsWholeWhateverTheLettersOfANameAre() throws IOException {
    for (String name :
        List.of("Dąbrowska", "Ångström", "Сахарова", "مريم", "\u0085\u2028\r\u000b")) {
      services.audit().recordOperation(name, AuditEvent.LANE_RETRIED, "NOTHING");
    }
    sealer.sealAll();

    assertThat(verify(export("letters.txt")).findings()).isEmpty();
    Path proof = folder.resolve("proof.txt");
    Files.writeString(proof, export(TestSealing.key()).proof(1).orElseThrow());
    assertThat(verify(proof).findings()).isEmpty();
  }

  private static Tuple range(long first, long last) {
    return tuple(first, last);
  }

  @Test
  void namesTheRecordWhoseRowWasChangedInTheStoreWhicheverColumnItWas() throws Exception {
    record(7);
    sealer.sealAll();
    List<String> changes =
        List.of(
            "happened_at = TIMESTAMP('2026-11-20 21:10:00.001')",
            "event = 'HISTORY_READ'",
            "outcome = 'NONE'",
            "nhs_number = '" + OTHER_CHILD.digits() + "'",
            "operator = 'nobody'",
            "id = '00000000-0000-4000-8000-000000000000'",
            "records_found = 7",
            "staff_family_name = ''");
    for (String change : changes) {
      String before = row(5);
      sql("UPDATE audit_record SET " + change + " WHERE number = 5");
      assertThat(row(5)).isNotEqualTo(before);
      assertThat(verify(export("altered.txt")).findings())
          .as(change)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo(Finding.Kind.ALTERED);
                assertThat(finding.record()).hasValue(5);
              });
      restore(change);
    }
    assertThat(verify(export("again.txt")).whole()).isTrue();
  }

  /** The rows as the entries of {@link #record} have them. */
  private void restore(String change) throws SQLException {
    String column = change.substring(0, change.indexOf(' '));
    if (column.equals("id")) {
      sql(
          "UPDATE audit_record SET id = '"
              + ids.get(4)
              + "' WHERE id = '00000000-0000-4000-8000-000000000000'");
      return;
    }
    sql(
        "UPDATE audit_record SET "
            + column
            + " = (SELECT "
            + column
            + " FROM audit_record other WHERE other.number = 4) WHERE number = 5");
  }

  @Test
  void namesARecordThatIsRemovedSwappedOrPutIntoTheStore() throws Exception {
    record(7);
    sealer.sealAll();
    sql("UPDATE audit_record SET number = 900 WHERE number = 2");
    assertFirst(verify(export("missing.txt")), Finding.Kind.MISSING, 2);

    sql("UPDATE audit_record SET number = 2 WHERE number = 4");
    sql("UPDATE audit_record SET number = 4 WHERE number = 900");
    assertFirst(verify(export("swapped.txt")), Finding.Kind.ALTERED, 2);
  }

  @Test
  void findsASealThatWasChangedOrRemovedInTheStore() throws Exception {
    record(9);
    sealer.sealAll();
    String line = seals().get(1).line();
    sql("UPDATE audit_seal SET line = '" + line.replaceFirst(".$", "x") + "' WHERE number = 2");
    assertThat(verify(export("changed.txt")).findings().get(0).text()).startsWith("seal 2 ");
    sql("UPDATE audit_seal SET line = '" + line + "' WHERE number = 2");
    assertThat(verify(export("whole.txt")).whole()).isTrue();

    sql("DELETE FROM audit_seal WHERE number = 2");

    Report report = verify(export("removed.txt"));
    assertThat(report.whole()).isFalse();
    assertThat(report.firstRecord()).hasValue(4);
  }

  @Test
  void noticesThatTheLastSealWasTakenAwayUnderItsHands() throws SQLException {
    record(3);
    sealer.step();
    sql("DELETE FROM audit_seal");
    record(3);

    sealer.step();

    assertThat(seals()).isEmpty();
    services.clock().advance(Duration.ofMinutes(16));
    sealer.step();
    assertThat(sealer.fault()).hasValueSatisfying(t -> assertThat(t).contains("CPG-SEAL-FAILED"));
  }

  @Test
  void whatIsSealedWithANewKeyIsVerifiedWithBoth() throws IOException {
    record(3);
    sealer.sealAll();
    Path first = export("first.txt");
    KeyMaterial other = TestCertificates.all().of(Group.GATEWAY, "signing-ec").keyMaterial();
    SealingKey next = new SealingKey(other.privateKey(), other.certificate().getPublicKey());
    record(3);
    TestSealing.of(services.store(), services.clock(), next).sealAll();

    Path second = export("second.txt", next);
    Path newer = TestCertificates.all().of(Group.GATEWAY, "signing-ec").chain();

    assertThat(verify(second, List.of(first), newer, TestSealing.certificate()).whole()).isTrue();
    assertThat(verify(second, List.of(), newer).findings())
        .extracting(Finding::kind)
        .containsOnly(Finding.Kind.UNKNOWN_KEY);
  }

  @Test
  void tellsAfterAStartThatSealsWereTakenAwayMeanwhileAndEveryExportShowsIt() throws Exception {
    record(9);
    sealer.sealAll();
    sql("DELETE FROM audit_seal WHERE number > 1");
    sql("UPDATE audit_record SET operator = 'nobody' WHERE number = 8");
    reopen();
    record(3);

    sealer.sealAll();

    assertThat(sealer.fault()).hasValueSatisfying(t -> assertThat(t).contains("CPG-SEALS-MISSING"));
    assertThat(seals()).extracting(Sealed::number).containsExactly(1L, 4L);
    assertThat(verify(export("missing.txt")).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.SEAL, Finding.Kind.MISSING);
    reopen();
    record(3);
    sealer.sealAll();
    assertThat(verify(export("still.txt")).whole()).isFalse();
  }

  @Test
  void noAlarmWhenTheLastSealWasCommittedAndItsMarkWasNotWrittenAnyMore() throws IOException {
    record(3);
    sealer.sealAll();
    Path mark = folder.resolve("store").resolve("last-seal");
    String behind = Files.readString(mark);
    record(3);
    sealer.sealAll();
    assertThat(Files.readString(mark)).isEqualTo(seals().get(1).line());
    Files.writeString(mark, behind);
    reopen();
    record(3);

    sealer.sealAll();

    assertThat(sealer.fault()).isEmpty();
    assertThat(verify(export("audit.txt")).whole()).isTrue();
    Files.delete(mark);
    reopen();
    sealer.sealAll();
    assertThat(sealer.fault()).isEmpty();
    assertThat(Files.readString(mark)).isEqualTo(seals().get(2).line());
  }

  private void reopen() {
    services.close();
    services = TestServices.open(folder);
    sealer = TestSealing.of(services);
  }

  @Test
  void aStoreThatIsOpenedAgainSealsOnBehindTheLastSeal() throws IOException {
    record(4);
    sealer.sealAll();
    services.close();
    services = TestServices.open(folder);
    record(2);

    TestSealing.of(services).sealAll();

    assertThat(seals()).hasSize(3);
    assertThat(verify(export("audit.txt")).whole()).isTrue();
  }

  @Test
  void aProofShowsOneRecordAndNothingOfTheOthers() throws IOException {
    record(3);
    sealer.sealAll();
    AuditExport export = export(TestSealing.key());

    String proof = export.proof(2).orElseThrow();
    Path file = Files.writeString(folder.resolve("proof.txt"), proof);

    assertThat(verify(file).whole()).isTrue();
    assertThat(proof).contains(ids.get(1)).doesNotContain(ids.get(0), ids.get(2));
    assertThat(export.proof(9)).isEmpty();
    Files.writeString(file, proof.replace("NOTHING", "ANYTHING"));
    assertFirst(verify(file), Finding.Kind.ALTERED, 2);
  }

  /** Entries of one kind, each after the other; the ids of all there are. */
  private void record(int count) {
    for (int i = 0; i < count; i++) {
      services.audit().recordOperation("tester", AuditEvent.LANE_RETRIED, "NOTHING");
    }
    ids =
        services.entries(AuditEvent.LANE_RETRIED).stream()
            .map(entry -> entry.id().toString())
            .toList();
  }

  private List<Sealed> seals() {
    return services
        .store()
        .read(
            tx ->
                Stream.iterate(
                        tx.seals().after(0),
                        Optional::isPresent,
                        seal -> tx.seals().after(seal.orElseThrow().number()))
                    .map(Optional::orElseThrow)
                    .toList());
  }

  private String row(long number) {
    return services
        .store()
        .read(tx -> tx.seals().records(number, number, 1).stream().findFirst())
        .map(AuditSeals.Line::text)
        .orElse("");
  }

  /** Changes the store behind the gateway's back. */
  private void sql(String statement) throws SQLException {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(folder.resolve("store").resolve("database").toString());
    try (Connection connection = source.getConnection();
        Statement changing = connection.createStatement()) {
      assertThat(changing.executeUpdate(statement)).isPositive();
    }
  }

  private AuditExport export(SealingKey key) {
    return new AuditExport(services.store(), GATEWAY, key, services.clock());
  }

  private Path export(String name) throws IOException {
    return export(name, TestSealing.key());
  }

  private Path export(String name, SealingKey key) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      assertThat(export(key).write(out)).isPresent();
    }
    return file;
  }

  private static Report verify(Path file) {
    return verify(file, List.of(), TestSealing.certificate());
  }

  private static Report verify(Path file, List<Path> earlier, Path... keys) {
    return new Verification(file, List.of(keys), earlier, List.of(), Verification.USUALLY_KEPT)
        .report();
  }

  private static void assertFirst(Report report, Finding.Kind kind, long record) {
    assertThat(report.findings()).isNotEmpty();
    Finding first = report.findings().get(0);
    assertThat(first.kind()).as(first.text()).isEqualTo(kind);
    assertThat(first.record()).hasValue(record);
  }
}
