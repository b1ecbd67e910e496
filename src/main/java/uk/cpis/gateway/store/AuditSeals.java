package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The seals of the audit, and the records as they are sealed. A seal is added, never changed. */
public final class AuditSeals {

  /**
   * A seal as it is kept.
   *
   * @param newest when the youngest of its records happened
   * @param line the seal itself
   * @param secret of which the salts are made; empty once the records have expired
   * @param leaves the hashes of the records, one behind the other; empty likewise
   */
  public record Sealed(
      long number,
      long first,
      long last,
      Instant newest,
      String line,
      Optional<byte[]> secret,
      Optional<byte[]> leaves,
      boolean expired) {}

  /** A record as it is sealed: its one line. */
  public record Line(long number, Instant at, String text) {}

  private static final String COLUMNS =
      """
      SELECT number, first_number, last_number, newest_at, line, secret, leaves, expired_at
      FROM audit_seal\s""";
  private static final String LAST =
      """
      SELECT MAX(number) AS highest FROM audit_seal
      """;
  private static final String FIND =
      COLUMNS
          + """
            --DERBY-PROPERTIES constraint=audit_seal_pk
            WHERE number = ?
            """;
  private static final String FIND_LINE =
      """
      SELECT number, last_number, line FROM audit_seal --DERBY-PROPERTIES constraint=audit_seal_pk
      WHERE number = ?
      """;
  private static final String AFTER =
      COLUMNS
          + """
            --DERBY-PROPERTIES constraint=audit_seal_pk
            WHERE number > ?
            ORDER BY number
            FETCH FIRST ROW ONLY
            """;
  private static final String COVERING =
      COLUMNS
          + """
            --DERBY-PROPERTIES constraint=audit_seal_last
            WHERE last_number >= ?
            ORDER BY last_number
            FETCH FIRST ROW ONLY
            """;
  private static final String TO_EXPIRE =
      """
      SELECT number FROM audit_seal --DERBY-PROPERTIES index=audit_seal_to_expire
      WHERE expired_at IS NULL AND number > ?
      ORDER BY number
      FETCH FIRST ROW ONLY
      """;
  private static final String EXPIRED =
      """
      SELECT COUNT(*) AS expired FROM audit_seal WHERE expired_at IS NOT NULL
      """;
  private static final String EXPIRY_UNNUMBERED =
      """
      SELECT id FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number IS NULL AND event = 'AUDIT_EXPIRED'
      FETCH FIRST ROW ONLY
      WITH UR
      """;
  private static final String EXPIRY_UNSEALED =
      """
      SELECT id FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number > ? AND number < 9223372036854775807 AND event = 'AUDIT_EXPIRED'
      FETCH FIRST ROW ONLY
      WITH UR
      """;
  private static final String SEALED_TO =
      """
      SELECT COALESCE(MAX(last_number), 0) AS sealed FROM audit_seal
      """;
  private static final String INSERT =
      """
      INSERT INTO audit_seal
        (number, first_number, last_number, newest_at, line, secret, leaves)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String EXPIRE =
      """
      UPDATE audit_seal SET expired_at = ?, secret = NULL, leaves = NULL
      WHERE number = ? AND expired_at IS NULL
      """;
  private static final String NEWEST =
      """
      SELECT MAX(number) AS highest FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WITH UR
      """;
  // Bounded above, as each scan over the audit: what is being added without a number stands behind.
  private static final String RECORDS =
      """
      SELECT * FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number >= ? AND number <= ? AND number < 9223372036854775807
      ORDER BY number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String OF_ID =
      """
      SELECT number FROM audit_record --DERBY-PROPERTIES constraint=audit_record_pk
      WHERE id = ? AND number IS NOT NULL
      """;
  private static final String OF_MESSAGE =
      """
      SELECT number FROM audit_record --DERBY-PROPERTIES index=audit_record_of_message
      WHERE message_id = ? AND number IS NOT NULL
      ORDER BY number
      WITH UR
      """;

  private final Sql sql;

  AuditSeals(Sql sql) {
    this.sql = sql;
  }

  /** What a look each second needs of a seal: not the hashes of its records. */
  public record Brief(long number, long last, String line) {}

  /** The newest seal. */
  public Optional<Brief> last() {
    return brief(sql.one(LAST, row -> row.number("highest")));
  }

  /** The seal with this number, in brief. */
  public Optional<Brief> brief(long number) {
    return sql.find(
        FIND_LINE,
        row -> new Brief(row.number("number"), row.number("last_number"), row.text("line")),
        number);
  }

  /** The seal with this number. */
  public Optional<Sealed> find(long number) {
    return sql.find(FIND, AuditSeals::sealed, number);
  }

  /** The next seal after the one with this number. */
  public Optional<Sealed> after(long number) {
    return sql.find(AFTER, AuditSeals::sealed, number);
  }

  /** The seal that covers this record. */
  public Optional<Sealed> covering(long record) {
    return sql.find(COVERING, AuditSeals::sealed, record).filter(seal -> seal.first() <= record);
  }

  /** The next seal after the one with this number whose records have not expired. */
  public Optional<Sealed> unexpiredAfter(long number) {
    return sql.find(TO_EXPIRE, row -> row.number("number"), number).flatMap(this::find);
  }

  /** How many seals have lost their records to retention. */
  public long expired() {
    return sql.one(EXPIRED, row -> row.number("expired"));
  }

  /** Whether retention removed records and the record that tells of it is not sealed yet. */
  public boolean expiryWaits() {
    long sealed = sql.one(SEALED_TO, row -> row.number("sealed"));
    return sql.find(EXPIRY_UNNUMBERED, row -> row.uuid("id")).isPresent()
        || sql.find(EXPIRY_UNSEALED, row -> row.uuid("id"), sealed).isPresent();
  }

  /** Adds a seal; fails when another one came first under its number. */
  public void add(Sealed seal) {
    sql.updateOne(
        INSERT,
        seal.number(),
        seal.first(),
        seal.last(),
        seal.newest(),
        seal.line(),
        seal.secret(),
        seal.leaves());
  }

  /** Erases what would tell of the records of this seal, which go with this transaction. */
  public void expire(long number, Instant at) {
    sql.updateOne(EXPIRE, at, number);
  }

  /** The newest number of the audit, sealed or not; 0 before the first. */
  public long newestRecord() {
    return sql.one(NEWEST, row -> row.number("highest"));
  }

  /** The records from one number to another, as they are sealed, in their order. */
  public List<Line> records(long first, long last, int limit) {
    return sql.list(RECORDS, AuditSeals::line, first, last, limit);
  }

  /** The numbers of the record with this id, or of those of the message with this id. */
  public List<Long> numbersOf(UUID id) {
    List<Long> ofRecord = sql.list(OF_ID, row -> row.number("number"), id);
    return ofRecord.isEmpty() ? sql.list(OF_MESSAGE, row -> row.number("number"), id) : ofRecord;
  }

  private static Line line(Row row) throws SQLException {
    return new Line(row.number("number"), row.time("happened_at"), AuditLines.of(row));
  }

  private static Sealed sealed(Row row) throws SQLException {
    return new Sealed(
        row.number("number"),
        row.number("first_number"),
        row.number("last_number"),
        row.time("newest_at"),
        row.text("line"),
        row.optionalBytes("secret"),
        row.optionalBytes("leaves"),
        row.optionalTime("expired_at").isPresent());
  }
}
