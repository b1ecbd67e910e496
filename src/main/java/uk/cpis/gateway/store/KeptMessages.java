package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.SignedRequest;

/** What is kept of signed requests, as evidence of who sent them. */
public final class KeptMessages {

  /**
   * What is kept with one record of the audit.
   *
   * @param digest of the signature, which is sealed with the record
   * @param signature packed
   * @param message packed
   */
  public record Kept(String digest, Optional<byte[]> signature, Optional<byte[]> message) {}

  static final String INSERT =
      """
      INSERT INTO kept_message (audit, kept_at, message) VALUES (?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT a.request AS digest, a.request_signature AS signature, k.message AS message
      FROM audit_record a LEFT OUTER JOIN kept_message k ON k.audit = a.id
      WHERE a.number = ? AND a.request IS NOT NULL
      """;
  // Bounded above, as each scan over the audit.
  private static final String SIGNATURES =
      """
      SELECT number, request AS digest, request_signature AS signature
      FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number >= ? AND number <= ? AND number < 9223372036854775807 AND request IS NOT NULL
      ORDER BY number
      """;
  private static final String OLD =
      """
      SELECT audit FROM kept_message --DERBY-PROPERTIES index=kept_message_by_age
      WHERE kept_at < ?
      ORDER BY kept_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String REMOVE =
      """
      DELETE FROM kept_message WHERE audit = ?
      """;

  private final Sql sql;

  KeptMessages(Sql sql) {
    this.sql = sql;
  }

  /** The row of this entry's message; empty when the whole of it is not kept. */
  static Optional<Object[]> values(AuditEntry entry) {
    return entry
        .origin()
        .flatMap(AuditEntry.Origin::request)
        .flatMap(SignedRequest::message)
        .map(message -> new Object[] {entry.id(), entry.at(), message});
  }

  /** What is kept with the record of this number. */
  public Optional<Kept> of(long number) {
    return sql.find(
        FIND,
        row ->
            new Kept(
                row.text("digest"), row.optionalBytes("signature"), row.optionalBytes("message")),
        number);
  }

  /** The signature of one request, packed, and the digest by which the record names it. */
  public record Signature(long number, String digest, Optional<byte[]> packed) {}

  /** The signatures kept with the records from one number to another that name one. */
  public List<Signature> signatures(long first, long last) {
    return sql.list(
        SIGNATURES,
        row ->
            new Signature(row.number("number"), row.text("digest"), row.optionalBytes("signature")),
        first,
        last);
  }

  /** Removes whole messages that were kept before this time; how many. */
  public int removeBefore(Instant before, int limit) {
    List<UUID> old = sql.list(OLD, row -> row.uuid("audit"), before, limit);
    old.forEach(id -> sql.update(REMOVE, id));
    return old.size();
  }
}
