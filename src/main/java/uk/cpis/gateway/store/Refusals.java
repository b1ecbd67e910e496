package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RefusalCount;
import uk.cpis.gateway.domain.RefusalNote;

/** Refusals that can be looked up, and how many there were by certificate, cause and minute. */
public final class Refusals {

  private static final String INSERT =
      """
      INSERT INTO refusal
        (reference, refused_at, code, cause, required, observed, remedy,
         transport_certificate, signing_certificate, remote_address,
         message_id, interaction, asid)
      VALUES (?, ?, ?, ?, ?, ?, ?,  ?, ?, ?,  ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT * FROM refusal --DERBY-PROPERTIES constraint=refusal_pk
      WHERE reference = ?
      """;
  private static final String OF_MESSAGE =
      """
      SELECT * FROM refusal --DERBY-PROPERTIES index=refusal_by_message
      WHERE message_id = ?
      ORDER BY refused_at
      FETCH FIRST 100 ROWS ONLY
      """;
  private static final String KEPT =
      """
      SELECT COUNT(*) AS kept FROM refusal WITH UR
      """;
  private static final String OLDEST =
      """
      SELECT reference FROM refusal --DERBY-PROPERTIES index=refusal_by_age
      WHERE refused_at < ?
      ORDER BY refused_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String OLDEST_OF_ALL =
      """
      SELECT reference FROM refusal --DERBY-PROPERTIES index=refusal_by_age
      ORDER BY refused_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String FORGET =
      """
      DELETE FROM refusal WHERE reference = ?
      """;
  private static final String ADD =
      """
      UPDATE refusal_count SET refusals = refusals + ?
      WHERE begun_at = ? AND certificate = ? AND cause = ?
      """;
  private static final String BEGIN_COUNT =
      """
      INSERT INTO refusal_count (refusals, begun_at, certificate, cause) VALUES (?, ?, ?, ?)
      """;
  private static final String COUNTS =
      """
      SELECT * FROM refusal_count --DERBY-PROPERTIES constraint=refusal_count_pk
      WHERE begun_at >= ?
      ORDER BY begun_at DESC
      FETCH FIRST ? ROWS ONLY
      WITH UR
      """;
  private static final String OLD_MINUTES =
      """
      SELECT DISTINCT begun_at FROM refusal_count --DERBY-PROPERTIES constraint=refusal_count_pk
      WHERE begun_at < ?
      ORDER BY begun_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String FORGET_MINUTE =
      """
      DELETE FROM refusal_count WHERE begun_at = ?
      """;

  private final Sql sql;

  Refusals(Sql sql) {
    this.sql = sql;
  }

  /** Keeps a refusal. */
  public void keep(KeptRefusal refusal) {
    RefusalNote note = refusal.note();
    RefusalNote.Origin origin = note.origin();
    sql.updateOne(
        INSERT,
        note.reference(),
        refusal.at(),
        note.code(),
        note.cause(),
        note.required(),
        note.found(),
        note.remedy(),
        origin.transport(),
        origin.signing(),
        origin.remoteAddress(),
        origin.message(),
        origin.interaction(),
        origin.sender());
  }

  /** The refusal that was given this reference. */
  public Optional<KeptRefusal> find(UUID reference) {
    return sql.find(FIND, Refusals::refusal, reference);
  }

  /** The refusals of this message, the first first; a hundred at the most. */
  public List<KeptRefusal> of(MessageId message) {
    return sql.list(OF_MESSAGE, Refusals::refusal, message);
  }

  /** About how many are kept. */
  public long kept() {
    return sql.one(KEPT, row -> row.number("kept"));
  }

  /** Forgets the oldest of those refused before this time, so many at the most; how many went. */
  public int forget(Instant before, int limit) {
    return forget(sql.list(OLDEST, row -> row.uuid("reference"), before, limit));
  }

  /** Forgets the oldest of all, so many at the most; how many went. */
  public int forgetOldest(int limit) {
    return forget(sql.list(OLDEST_OF_ALL, row -> row.uuid("reference"), limit));
  }

  private int forget(List<UUID> oldest) {
    oldest.forEach(each -> sql.update(FORGET, each));
    return oldest.size();
  }

  /** Adds to what was counted of this certificate, cause and minute. */
  public void add(RefusalCount count) {
    if (sql.update(ADD, count.count(), count.minute(), count.certificate(), count.cause()) == 0) {
      sql.updateOne(BEGIN_COUNT, count.count(), count.minute(), count.certificate(), count.cause());
    }
  }

  /** What was counted since, the newest minute first, so many at the most. */
  public List<RefusalCount> counts(Instant since, int limit) {
    return sql.list(COUNTS, Refusals::count, since, limit);
  }

  /** Forgets what was counted in the oldest minutes before this time; how many minutes went. */
  public int forgetCounts(Instant before, int limit) {
    List<Instant> minutes = sql.list(OLD_MINUTES, row -> row.time("begun_at"), before, limit);
    minutes.forEach(each -> sql.update(FORGET_MINUTE, each));
    return minutes.size();
  }

  private static RefusalCount count(Row row) throws SQLException {
    return new RefusalCount(
        row.time("begun_at"), row.text("certificate"), row.text("cause"), row.number("refusals"));
  }

  private static KeptRefusal refusal(Row row) throws SQLException {
    return new KeptRefusal(
        row.time("refused_at"),
        new RefusalNote(
            row.uuid("reference"),
            row.text("code"),
            row.text("cause"),
            row.text("required"),
            row.text("observed"),
            row.text("remedy"),
            origin(row)));
  }

  private static RefusalNote.Origin origin(Row row) throws SQLException {
    return new RefusalNote.Origin(
        row.optionalText("transport_certificate").map(CertificateFingerprint::new),
        row.optionalText("signing_certificate").map(CertificateFingerprint::new),
        row.text("remote_address"),
        row.optionalUuid("message_id").map(MessageId::new),
        row.optionalText("interaction").map(Interaction::valueOf),
        row.optionalText("asid").map(Asid::new));
  }
}
