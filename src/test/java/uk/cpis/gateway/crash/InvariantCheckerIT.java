package uk.cpis.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A checker that cannot fail proves nothing: each row that is tampered with must be named. */
class InvariantCheckerIT {

  private static final String AN_ACCESS =
      "(SELECT MIN(id) FROM audit_record WHERE event = 'QUERY_ANSWERED' AND records_found > 0)";
  private static final String AN_OWED = "(SELECT MIN(id) FROM owed_notification)";
  private static final String OF_OWED = " WHERE notification = " + AN_OWED;

  @TempDir static Path folder;

  private static Path store;
  private static Path clients;
  private static Path authorities;
  private static InvariantChecker.Expected expected;

  @TempDir Path copy;

  /** What is done to the data of a good run, and what the checker must say of it. */
  /** Of the clients' log in bytes, so that the check has to put several parts together. */
  private static final long A_SMALL_PART = 5_000;

  private record Tampering(String what, StoreLook.Work<?> work, String said) {
    @Override
    public String toString() {
      return what;
    }
  }

  @BeforeAll
  static void aGoodRun() throws InterruptedException {
    try (CrashRun run = new CrashRun(folder, 3, System.out).withAStore()) {
      run.begin();
      org.awaitility.Awaitility.await().until(() -> answered(run) > 30);
      assertThat(run.verdict().broken()).isEmpty();
      store = run.world().store();
      clients = run.world().clientLog();
      authorities = run.world().authorityLog();
      expected = run.load().expected();
    }
  }

  private static long answered(CrashRun run) {
    return run.world().clients().requests().values().stream()
        .filter(ClientLog.Request::answered)
        .count();
  }

  static Stream<Tampering> tamperings() {
    return Stream.of(
        sql(
            "an access is removed",
            "I1 answered, but has not one access",
            "DELETE FROM audit_record WHERE id = " + AN_ACCESS),
        new Tampering(
            "an access is doubled",
            sql -> doubled(sql, "audit_record", AN_ACCESS, "number"),
            "I1 answered, but has not one access"),
        sql(
            "an access is changed",
            "I1 the access is of another person or user",
            "UPDATE audit_record SET nhs_number = '9990000018' WHERE id = " + AN_ACCESS),
        sql(
            "an access is moved in time",
            "I1 the access is of another time",
            "UPDATE audit_record SET happened_at = TIMESTAMP('2020-01-01 12:00:00') WHERE id = "
                + AN_ACCESS),
        sql(
            "an audit number is left out",
            "I6 the audit's numbers have a gap or a double",
            "UPDATE audit_record SET number = 1000000 WHERE id = " + AN_ACCESS),
        sql(
            "what is owed is removed",
            "I2 other authorities are owed than have a visible record",
            "DELETE FROM settlement" + OF_OWED,
            "DELETE FROM owed_record" + OF_OWED,
            "DELETE FROM owed_notification WHERE id = " + AN_OWED),
        new Tampering(
            "what is owed is doubled",
            sql -> doubled(sql, "owed_notification", AN_OWED, "number", "owed_number"),
            "I2 an authority is told twice of one access"),
        sql(
            "what is owed is owed to another",
            "I2 owed under another id than cause and authority give",
            "UPDATE owed_notification SET authority = 'XYZ' WHERE id = " + AN_OWED),
        sql(
            "a settlement is removed",
            "I5 owed and not settled",
            "DELETE FROM settlement" + OF_OWED),
        sql(
            "a settlement is changed",
            "I5 settled, but not owed or not accepted",
            "UPDATE settlement SET answer = 'NOT_OURS'" + OF_OWED),
        sql(
            "a record is removed",
            "I4 a record was acknowledged and is lost",
            "DELETE FROM plan WHERE nhs_number = (SELECT MIN(nhs_number) FROM plan)"),
        sql(
            "a record is changed",
            "I4 a record is there that nobody was told of",
            "UPDATE plan SET nhs_number = '9990000018'"
                + " WHERE nhs_number = (SELECT MAX(nhs_number) FROM plan)"),
        sql(
            "a submission's acknowledgement is removed",
            "I4 not applied just once",
            "DELETE FROM audit_record WHERE number = (SELECT MIN(number) FROM audit_record"
                + " WHERE event = 'UPDATE_ACKNOWLEDGED')"),
        sql(
            "a message is forgotten",
            "I7 recorded, but the message is not remembered",
            "DELETE FROM remembered_message WHERE interaction = 'QUERY'"));
  }

  private static Tampering sql(String what, String said, String... statements) {
    return new Tampering(
        what,
        sql -> {
          for (String statement : statements) {
            assertThat(sql.executeUpdate(statement)).isPositive();
          }
          return true;
        },
        said);
  }

  /** Puts the row there once more, with an id of its own and the next numbers. */
  private static boolean doubled(Statement sql, String table, String id, String... numbers)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet row = sql.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        columns.add(row.getMetaData().getColumnName(i));
      }
    }
    List<String> values =
        columns.stream()
            .map(
                column ->
                    column.equals("ID")
                        ? "'" + UUID.randomUUID() + "'"
                        : List.of(numbers).contains(column.toLowerCase(java.util.Locale.ROOT))
                            ? "(SELECT MAX(" + column + ") + 1 FROM " + table + ")"
                            : column)
            .toList();
    return sql.executeUpdate(
            "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = %s"
                .formatted(table, String.join(", ", columns), String.join(", ", values), table, id))
        == 1;
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void namesWhatWasTamperedWithInTheStore(Tampering tampering) throws IOException {
    Path tampered = copied();
    StoreLook.in(tampered, tampering.work());

    Verdict verdict =
        InvariantChecker.check(A_SMALL_PART, clients, authorities, tampered, expected);

    assertThat(verdict.broken()).anyMatch(each -> each.startsWith(tampering.said()));
    assertThat(verdict.holds()).isFalse();
  }

  private Path copied() throws IOException {
    Path target = copy.resolve("gateway");
    Path source = store.getParent();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path place = target.resolve(source.relativize(file).toString());
        if (!place.toString().contains("/queue")) {
          Files.copy(file, place);
        }
      }
    }
    return target.resolve("store");
  }

  @Test
  void namesWhatWasTamperedWithInTheLogs() throws IOException {
    List<String> lines = Files.readAllLines(authorities);
    String[] one = lines.get(0).split("\t");
    List<String> without = lines.stream().filter(line -> !line.contains(one[2])).toList();
    assertThat(checked(clients, written("without", without)))
        .anyMatch(each -> each.startsWith("I2 the authority never saw it: " + one[2]));

    List<String> other = new ArrayList<>(lines);
    other.add(lines.get(0).replace(one[4], "0".repeat(64)));
    assertThat(checked(clients, written("other", other)))
        .containsExactly("I2 the authority saw different contents: " + one[2]);

    List<String> more = new ArrayList<>(lines);
    String invented = UUID.randomUUID().toString();
    more.add(lines.get(0).replace(one[2], invented));
    assertThat(checked(clients, written("more", more)))
        .containsExactly("I2 an authority was told what nobody owes: " + invented);

    List<String> sent = Files.readAllLines(clients);
    String query = sent.stream().filter(line -> line.contains("\tQUERY\t")).findFirst().get();
    List<String> unsent =
        sent.stream().filter(line -> !line.contains(query.split("\t")[1])).toList();
    assertThat(checked(written("unsent", unsent), authorities))
        .anyMatch(each -> each.startsWith("I1 an access that nobody asked for"));
  }

  private Path written(String name, List<String> lines) throws IOException {
    return Files.write(copy.resolve(name), lines);
  }

  private static List<String> checked(Path clientLog, Path authorityLog) {
    return InvariantChecker.check(A_SMALL_PART, clientLog, authorityLog, store, expected).broken();
  }
}
