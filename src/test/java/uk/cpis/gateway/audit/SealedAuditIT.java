package uk.cpis.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.groups.Tuple.tuple;
import static uk.cpis.gateway.testing.Examples.OPERATOR;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.domain.SignedRequest;
import uk.cpis.gateway.evidence.Finding;
import uk.cpis.gateway.evidence.Report;
import uk.cpis.gateway.evidence.Seal;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.evidence.Verification;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.RequestPacking;
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
      services
          .audit()
          .recordOperation(new Operator(name, name), AuditEvent.LANE_RETRIED, "NOTHING");
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
  void aClockThatWasSetBackBetweenARecordAndItsSealIsNotedAndIsNoFinding() throws IOException {
    record(2);
    services.clock().advance(Duration.ofSeconds(-90 * 60));
    sealer.sealAll();
    record(2);
    sealer.sealAll();

    Report report = verify(export("set-back.txt"));

    assertThat(report.findings()).isEmpty();
    assertThat(report.notes()).singleElement(STRING).contains("seal 1", "set back");
    Seal seal = Seal.read(seals().get(0).line()).orElseThrow();
    assertThat(seal.sealedAt()).isEqualTo(TestServices.START);
    assertThat(seal.setBackTo()).contains(services.clock().instant());
    assertThat(Seal.read(seals().get(1).line()).orElseThrow().setBackTo()).isEmpty();
  }

  @Test
  void aTimeThatTheClockNeverSaidIsFoundWhetherItWasSetBackOrNot() throws Exception {
    record(1);
    sql("UPDATE audit_record SET happened_at = TIMESTAMP('2026-11-21 21:10:00')");
    sealer.sealAll();
    assertThat(verify(export("ahead.txt")).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.SEAL);
    record(1);
    sql("UPDATE audit_record SET happened_at = TIMESTAMP('2026-11-21 21:10:00') WHERE number = 2");
    services.clock().advance(Duration.ofHours(-2));

    sealer.sealAll();

    assertThat(verify(export("further-ahead.txt")).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.SEAL, Finding.Kind.SEAL);
  }

  @Test
  void forgetsWhatTheClockSaidBeforeItWasSetBackWhenAllOfThatTimeIsSealed() throws Exception {
    services.clock().advance(Duration.ofDays(3_000));
    sealer.step();
    services.clock().advance(Duration.ofDays(-3_000));
    record(1);
    sealer.sealAll();
    services.clock().advance(Duration.ofMinutes(3));
    sealer.sealAll();
    record(1);
    sql("UPDATE audit_record SET happened_at = TIMESTAMP('2033-11-21 21:10:00') WHERE number = 2");

    sealer.sealAll();

    assertThat(verify(export("years-ahead.txt")).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.SEAL);
  }

  @Test
  void namesTheRecordBesideWhichAnotherSignatureIsKept() throws Exception {
    byte[] signature = "<ds:SignedInfo/>\nAAAA\n".getBytes(StandardCharsets.UTF_8);
    record(1);
    request(signature);
    sealer.sealAll();
    assertThat(verify(export("whole.txt")).findings()).isEmpty();

    for (String other : List.of(hex(packed("<ds:SignedInfo/>\nAAAB\n")), "ffff", "00")) {
      sql("UPDATE audit_record SET request_signature = X'" + other + "' WHERE number = 2");
      assertFirst(verify(export("altered.txt")), Finding.Kind.ALTERED, 2);
    }
    sql("UPDATE audit_record SET request_signature = NULL WHERE number = 2");
    assertFirst(verify(export("gone.txt")), Finding.Kind.MISSING, 2);
  }

  private void request(byte[] signature) throws GeneralSecurityException {
    String digest = hex(MessageDigest.getInstance("SHA-256").digest(signature));
    byte[] packed = packed(new String(signature, StandardCharsets.UTF_8));
    CertificateFingerprint certificate = new CertificateFingerprint("ab".repeat(32));
    AuditEntry entry =
        new AuditEntry(
            UUID.randomUUID(),
            TestServices.START,
            AuditEvent.HOLDINGS_READ,
            "SHOWN",
            Optional.of(
                new AuditEntry.Origin(
                    GATEWAY,
                    certificate,
                    certificate,
                    "127.0.0.1",
                    false,
                    Optional.of(new SignedRequest(digest, Optional.of(packed), Optional.empty())))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    services.store().writer().submit(entry).join();
  }

  private static byte[] packed(String text) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    byte[] packed = new byte[200];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void namesTheRecordBesideWhichAnotherChangeOfTheRegistrationIsKept(Registered.Kind kind)
      throws Exception {
    changeARegistration(kind);
    record(1);
    sealer.sealAll();
    assertThat(verify(export("whole.txt")).findings()).isEmpty();

    for (String change :
        List.of(
            "before_lines = 'right=B0108'",
            "after_lines = 'right=B0107'",
            "after_lines = NULL",
            "subject = '200000000102'",
            "kind = 'NONE'")) {
      sql("UPDATE registration_change SET " + change);
      assertFirst(verify(export("altered.txt")), Finding.Kind.ALTERED, 1);
    }
    sql("DELETE FROM registration_change");
    assertFirst(verify(export("gone.txt")), Finding.Kind.MISSING, 1);
  }

  /**
   * The columns come from the catalogue: a new one is found here unless it is held. A whole message
   * ({@code kept_message}) is not, because it goes before its record.
   */
  @Test
  void whicheverColumnOfTheAuditIsChangedTheCheckFindsIt() throws Exception {
    request("<ds:SignedInfo/>\nAAAA\n".getBytes(StandardCharsets.UTF_8));
    changeARegistration(Registered.Kind.SYSTEM);
    record(1);
    sealer.sealAll();
    assertThat(verify(export("whole.txt")).findings()).isEmpty();

    for (String table : List.of("AUDIT_RECORD", "AUDIT_SEAL", "REGISTRATION_CHANGE")) {
      Map<String, Object> row = row(table);
      assertThat(row).hasSizeGreaterThan(4);
      for (Map.Entry<String, Object> column : row.entrySet()) {
        set(table, column.getKey(), other(column.getValue()), row);
        assertThat(verify(export("altered.txt")).whole())
            .as(table + "." + column.getKey())
            .isFalse();
        set(table, column.getKey(), column.getValue(), row);
      }
      assertThat(verify(export("again.txt")).findings()).isEmpty();
    }
  }

  private void changeARegistration(Registered.Kind kind) {
    Registered system = new Registered(kind, "200000000101");
    services
        .store()
        .change(
            tx ->
                services
                    .audit()
                    .appendRegistration(
                        tx,
                        OPERATOR,
                        RegistrationChange.between(
                            system, Optional.of("right=B0107\n"), Optional.of("right=B0170\n"))));
  }

  /** The first row of this table as it is; for a column without a value a type's own. */
  private Map<String, Object> row(String table) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT * FROM " + table + " FETCH FIRST ROW ONLY")) {
      row.next();
      ResultSetMetaData columns = row.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = row.getObject(i);
        values.put(
            columns.getColumnName(i), value == null ? new None(columns.getColumnType(i)) : value);
      }
    }
    return values;
  }

  /** No value of this type. */
  private record None(int type) {}

  private static Object other(Object value) {
    int type = value instanceof None none ? none.type() : Types.OTHER;
    if (value instanceof Timestamp || type == Types.TIMESTAMP) {
      return Timestamp.valueOf("2026-11-20 09:00:00");
    }
    if (value instanceof byte[] || type == Types.VARBINARY) {
      return new byte[] {1};
    }
    if (value instanceof Boolean || type == Types.BOOLEAN) {
      return !Boolean.TRUE.equals(value);
    }
    return value instanceof String || type == Types.CHAR || type == Types.VARCHAR ? "7" : 700;
  }

  private void set(String table, String column, Object value, Map<String, Object> row)
      throws SQLException {
    String key =
        row.keySet().stream().filter(each -> !each.equals(column)).findFirst().orElseThrow();
    try (Connection connection = connection();
        PreparedStatement change =
            connection.prepareStatement(
                "UPDATE " + table + " SET " + column + " = ? WHERE " + key + " = ?")) {
      if (value instanceof None none) {
        change.setNull(1, none.type());
      } else {
        change.setObject(1, value);
      }
      change.setObject(2, row.get(key));
      assertThat(change.executeUpdate()).as(table + "." + column).isEqualTo(1);
    }
  }

  private Connection connection() throws SQLException {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(folder.resolve("store").resolve("database").toString());
    return source.getConnection();
  }

  /** The enemy has the store and the file beside it, and puts in those of another gateway. */
  @Test
  void aStoreOfAnotherGatewayIsFoundByItsKey() throws Exception {
    KeyMaterial other = TestCertificates.all().of(Group.GATEWAY, "signing-ec").keyMaterial();
    SealingKey others = new SealingKey(other.privateKey(), other.certificate().getPublicKey());
    record(3);
    TestSealing.of(services.store(), services.clock(), others).sealAll();
    reopen();
    record(3);
    sealer.sealAll();

    assertThat(verify(export("swapped.txt")).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.UNKNOWN_KEY);
  }

  /** By design: the older store is whole by itself. Who kept a seal elsewhere finds it. */
  @Test
  void anOlderStoreThatWasPutBackWithItsFileIsFoundByAnEarlierExportOnly() throws Exception {
    record(3);
    sealer.sealAll();
    services.close();
    Path older = folder.resolve("older");
    copy(folder.resolve("store"), older);
    reopen();
    record(3);
    sealer.sealAll();
    Path earlier = export("earlier.txt");
    services.close();
    delete(folder.resolve("store"));
    copy(older, folder.resolve("store"));
    services = TestServices.open(folder);
    sealer = TestSealing.of(services);
    services.clock().advance(Duration.ofHours(1));
    record(3);
    sealer.sealAll();

    Path put = export("put-back.txt");

    assertThat(sealer.fault()).isEmpty();
    assertThat(verify(put).whole()).isTrue();
    assertThat(verify(put, List.of(earlier), TestSealing.certificate()).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.NOT_AS_BEFORE);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void findsTheRecordsOfAMessageByItsId() throws Exception {
    MessageId message = new MessageId(UUID.randomUUID());
    record(2);
    services
        .store()
        .change(
            tx ->
                services
                    .audit()
                    .appendOperation(
                        tx,
                        OPERATOR,
                        TOWER_HAMLETS,
                        new NotificationId(UUID.fromString(message.toString())),
                        AuditEvent.DEAD_LETTERS_SENT_AGAIN,
                        "ONE"));
    record(1);

    List<Long> numbers =
        services.store().read(tx -> tx.seals().numbersOf(UUID.fromString(message.toString())));

    assertThat(numbers).containsExactly(3L);
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
    assertThat(services.audited(AuditEvent.SEALS_MISSING)).containsExactly("SEAL 3");
    assertThat(seals()).extracting(Sealed::number).containsExactly(1L, 4L);
    assertThat(verify(export("missing.txt")).findings())
        .extracting(Finding::kind)
        .contains(Finding.Kind.SEAL, Finding.Kind.MISSING);
    reopen();
    record(3);
    sealer.sealAll();
    assertThat(sealer.fault()).isPresent();

    assertThat(sealer.acknowledge(OPERATOR, services.audit())).containsExactly(3L);

    assertThat(sealer.fault()).isEmpty();
    assertThat(sealer.acknowledge(OPERATOR, services.audit())).isEmpty();
    reopen();
    record(1);
    sealer.sealAll();
    assertThat(sealer.fault()).isEmpty();
    assertThat(services.entries(AuditEvent.SEALS_MISSING_ACKNOWLEDGED))
        .extracting(AuditEntry::operator, AuditEntry::outcome)
        .containsExactly(tuple(Optional.of(OPERATOR), "SEAL 3"));
    assertThat(verify(export("still.txt")).whole()).isFalse();
  }

  @Test
  void tellsAgainOfTheSameMissingSealWhenItWasAcknowledgedAndAnotherIsMissing() throws Exception {
    record(3);
    sealer.sealAll();
    sql("DELETE FROM audit_seal");
    reopen();
    sealer.step();
    reopen();
    sealer.step();
    assertThat(sealer.fault()).isPresent();
    assertThat(sealer.acknowledge(OPERATOR, services.audit())).containsExactly(1L);
    reopen();
    sealer.step();
    assertThat(sealer.fault()).isEmpty();

    sealer.sealAll();
    sql("DELETE FROM audit_seal");
    reopen();
    sealer.step();

    assertThat(sealer.fault()).hasValueSatisfying(t -> assertThat(t).contains("(2)"));
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
      services.audit().recordOperation(OPERATOR, AuditEvent.LANE_RETRIED, "NOTHING");
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
    return new AuditExport(
        services.store(), GATEWAY, key, services.clock(), RequestPacking::unpacked);
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
