package uk.cpis.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * The rows of a store whose gateway has ended, read from the outside: with the key, and with
 * nothing of the gateway's own code. Of what each query leaves, only the numbers are held; the rest
 * is read part by part.
 */
public record StoreLook(
    List<Optional<Long>> auditNumbers,
    List<Owed> owed,
    List<Settlement> settlements,
    List<String> deadLetters,
    List<Plan> plans,
    List<Message> submissions,
    List<Message> acknowledged,
    List<Purge> purges) {

  /** An answered query. */
  public record Access(
      String id,
      String asid,
      String messageId,
      String number,
      String user,
      Instant at,
      int found) {}

  public record Owed(
      String id,
      String cause,
      String authority,
      Optional<Long> owedNumber,
      Optional<Long> number,
      boolean settled) {}

  public record Settlement(String notification, String answer) {}

  /** A record that is not deleted. */
  public record Plan(String number, String authority, String type) {}

  /** A message that left a row. */
  public record Message(String asid, String messageId, String kind, Instant at) {}

  /** A record that left the store. */
  public record Purge(String number, String authority) {}

  /** What is done with an open store. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Statement statement) throws SQLException;
  }

  /** Does this in one transaction on a store whose gateway has ended. */
  public static <T> T in(Path store, Work<T> work) {
    System.setProperty("derby.stream.error.file", store.resolveSibling("look.log").toString());
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toAbsolutePath().toString());
    source.setConnectionAttributes(
        "encryptionKey=" + key(store) + ";encryptionAlgorithm=AES/CBC/NoPadding");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      T result = work.on(statement);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      shutDown(store);
    }
  }

  private static String key(Path store) {
    try {
      return Files.readString(store.resolveSibling("store.key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void shutDown(Path store) {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(store.resolve("database").toAbsolutePath().toString());
    source.setShutdownDatabase("shutdown");
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      // Derby says so when it is down.
    }
  }

  /** The answered queries with these message ids. */
  static List<Access> accesses(Statement sql, Predicate<String> ids) throws SQLException {
    return list(
        sql,
        "SELECT * FROM audit_record WHERE event = 'QUERY_ANSWERED'",
        row -> ids.test(row.getString("message_id")),
        row ->
            new Access(
                row.getString("id"),
                row.getString("asid").strip(),
                row.getString("message_id"),
                row.getString("nhs_number"),
                row.getString("user_key"),
                instant(row, "happened_at"),
                row.getInt("records_found")));
  }

  /** What is remembered of messages with these ids. */
  static List<Message> remembered(Statement sql, Predicate<String> ids) throws SQLException {
    return list(
        sql,
        "SELECT * FROM remembered_message",
        row -> ids.test(row.getString("message_id")),
        row -> message(row, "interaction", "handled_at"));
  }

  /** Everything else. */
  static StoreLook read(Statement sql) throws SQLException {
    return new StoreLook(
        list(sql, "SELECT number FROM audit_record", row -> number(row, "number")),
        list(
            sql,
            "SELECT * FROM owed_notification",
            row ->
                new Owed(
                    row.getString("id"),
                    row.getString("cause"),
                    row.getString("authority").intern(),
                    number(row, "owed_number"),
                    number(row, "number"),
                    row.getBoolean("settled"))),
        list(
            sql,
            "SELECT * FROM settlement",
            row -> new Settlement(row.getString("notification"), row.getString("answer").intern())),
        list(sql, "SELECT * FROM dead_letter", row -> row.getString("notification")),
        list(
            sql,
            "SELECT * FROM plan WHERE deleted = false",
            row ->
                new Plan(
                    row.getString("nhs_number"),
                    row.getString("authority").intern(),
                    row.getString("plan_type").intern())),
        list(sql, "SELECT * FROM submission", row -> message(row, "kind", "received_at")),
        list(
            sql,
            """
            SELECT * FROM audit_record
            WHERE event IN ('UPDATE_ACKNOWLEDGED', 'DELETE_ACKNOWLEDGED')
            """,
            row -> message(row, "event", "happened_at")),
        list(
            sql,
            "SELECT * FROM audit_record WHERE event = 'PLAN_PURGED'",
            row -> new Purge(row.getString("nhs_number"), row.getString("organisation").intern())));
  }

  private static Message message(ResultSet row, String kind, String at) throws SQLException {
    return new Message(
        row.getString("asid").strip(),
        row.getString("message_id"),
        row.getString(kind).intern(),
        instant(row, at));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone("UTC"))).toInstant();
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> list(Statement sql, String question, Reading<T> reading)
      throws SQLException {
    return list(sql, question, row -> true, reading);
  }

  private static <T> List<T> list(
      Statement sql, String question, Reading<Boolean> wanted, Reading<T> reading)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet found = sql.executeQuery(question)) {
      while (found.next()) {
        if (wanted.of(found)) {
          rows.add(reading.of(found));
        }
      }
    }
    return rows;
  }
}
