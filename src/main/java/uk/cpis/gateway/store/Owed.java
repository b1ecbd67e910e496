package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.NotificationStanding;
import uk.cpis.gateway.domain.NotificationState;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNews;

/** What is owed to the authorities: in the order of the commits, and how it stands. */
public final class Owed {

  // The upper bound keeps the scan from waiting for rows that are being added without a number:
  // they stand behind it.
  private static final String AFTER =
      """
      SELECT id, authority, owed_number
      FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_owed_number
      WHERE owed_number > ? AND owed_number < 9223372036854775807
      ORDER BY owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String UNSETTLED_OF =
      """
      SELECT id, authority, owed_number
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
      WHERE settled = false AND authority = ?
        AND owed_number > ? AND owed_number < 9223372036854775807
      ORDER BY owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  // By the authority's own count, which it knows; the order is that of the commits all the same.
  private static final String COLLECTABLE =
      """
      SELECT id, authority, owed_number
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
      WHERE settled = false AND authority = ?
        AND owed_number < 9223372036854775807 AND number > ?
      ORDER BY owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String COUNT_COLLECTABLE =
      """
      SELECT COUNT(*) AS waiting
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
      WHERE settled = false AND authority = ?
        AND owed_number < 9223372036854775807 AND number > ?
      """;
  private static final String OUTLIVED =
      """
      SELECT o.id, o.authority, o.owed_number
      FROM owed_notification o --DERBY-PROPERTIES index=owed_notification_open
      WHERE o.settled = false AND o.authority = ?
        AND o.owed_number < 9223372036854775807 AND o.made_at < ?
        AND NOT EXISTS (
          SELECT 1 FROM dead_letter d --DERBY-PROPERTIES constraint=dead_letter_pk
          WHERE d.notification = o.id)
      ORDER BY o.owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String OLDEST_WAITING =
      """
      SELECT MIN(o.made_at) AS oldest
      FROM owed_notification o --DERBY-PROPERTIES index=owed_notification_open
      WHERE o.settled = false AND o.authority = ? AND o.owed_number < 9223372036854775807
        AND NOT EXISTS (
          SELECT 1 FROM dead_letter d --DERBY-PROPERTIES constraint=dead_letter_pk
          WHERE d.notification = o.id)
      """;
  private static final String FIND =
      """
      SELECT id, authority, owed_number
      FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_pk
      WHERE id = ? AND owed_number IS NOT NULL
      """;
  private static final String STANDING =
      """
      SELECT o.id, o.authority, o.number, o.kind, o.made_at, o.owed_number,
        s.answer, s.settled_at, d.reason, a.pushed,
        (SELECT w.owed_number FROM relay_watermark w) AS carried
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        owed_notification o --DERBY-PROPERTIES constraint=owed_notification_pk
        LEFT JOIN settlement s --DERBY-PROPERTIES constraint=settlement_pk
        ON s.notification = o.id
        LEFT JOIN dead_letter d --DERBY-PROPERTIES constraint=dead_letter_pk
        ON d.notification = o.id
        LEFT JOIN local_authority a --DERBY-PROPERTIES constraint=local_authority_pk
        ON a.code = o.authority
      WHERE o.id = ? AND o.owed_number IS NOT NULL
      """;
  private static final String OF_CAUSE =
      """
      SELECT id, authority, owed_number
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_of_cause
      WHERE cause = ? AND owed_number IS NOT NULL
      ORDER BY owed_number
      """;
  private final Sql sql;
  private final Unnumbered unnumbered;

  Owed(Sql sql, Unnumbered unnumbered) {
    this.sql = sql;
    this.unnumbered = unnumbered;
  }

  /**
   * Owes news of demographics about this number, together with the effects of this transaction; the
   * cause is the audit entry they come from.
   */
  public void add(UUID cause, Instant madeAt, NhsNumber person, OwedNews owed) {
    NotificationId id = NotificationId.of(cause, owed.authority());
    OwedRows.What what =
        new OwedRows.What(owed.news().kind(), cause, madeAt, person, owed.news().otherNumber());
    sql.updateOne(OwedRows.INSERT, OwedRows.values(what, owed.authority(), Optional.empty()));
    sql.batch(OwedRows.INSERT_RECORD, OwedRows.recordValues(id, owed.records()));
    unnumbered.owed(id);
  }

  /** What was committed after this number, in the order of the commits: the relay's question. */
  public List<OwedReference> after(long owedNumber, int limit) {
    return sql.list(AFTER, Owed::reference, owedNumber, limit);
  }

  /** What this authority has not settled, after this number, oldest first. */
  public List<OwedReference> unsettledOf(OdsCode authority, long afterOwedNumber, int limit) {
    return sql.list(UNSETTLED_OF, Owed::reference, authority, afterOwedNumber, limit);
  }

  /** What waits for this authority after this number of its own count, oldest first. */
  public List<OwedReference> collectable(OdsCode authority, long afterNumber, int limit) {
    return sql.list(COLLECTABLE, Owed::reference, authority, afterNumber, limit);
  }

  /** How much waits for this authority after this number of its own count. */
  public int countCollectable(OdsCode authority, long afterNumber) {
    return sql.one(COUNT_COLLECTABLE, row -> row.integer("waiting"), authority, afterNumber);
  }

  /** What was made before this time and is neither settled nor given up, oldest first. */
  public List<OwedReference> outlived(OdsCode authority, Instant madeBefore, int limit) {
    return sql.list(OUTLIVED, Owed::reference, authority, madeBefore, limit);
  }

  /** When the oldest was made that is neither settled nor given up. */
  public Optional<Instant> oldestWaiting(OdsCode authority) {
    return sql.one(OLDEST_WAITING, row -> row.optionalTime("oldest"), authority);
  }

  /** Where one notification stands in the order; empty when it is none or has no number yet. */
  public Optional<OwedReference> find(NotificationId id) {
    return sql.find(FIND, Owed::reference, id);
  }

  /** In which state one notification is; empty when it is none or has no number yet. */
  public Optional<NotificationStanding> standing(NotificationId id) {
    return sql.find(STANDING, Owed::standing, id);
  }

  /** What an access (or another cause) owes. */
  public List<OwedReference> of(UUID cause) {
    return sql.list(OF_CAUSE, Owed::reference, cause);
  }

  /**
   * The whole of what the authority is told: the same on every read. Empty when there is no such
   * notification, it has no number yet, or its personal data are erased.
   */
  public Optional<Notification> notification(NotificationId id) {
    return new FrozenNotifications(sql).find(id);
  }

  /** How every authority's notifications stand. */
  public List<AuthorityBacklog> backlogs() {
    return new Backlogs(sql).all();
  }

  private static OwedReference reference(Row row) throws SQLException {
    return new OwedReference(
        row.number("owed_number"), row.notificationId("id"), row.organisation("authority"));
  }

  private static NotificationStanding standing(Row row) throws SQLException {
    return new NotificationStanding(
        row.notificationId("id"),
        row.organisation("authority"),
        row.number("number"),
        NotificationKind.valueOf(row.text("kind")),
        row.time("made_at"),
        state(row),
        row.optionalTime("settled_at"));
  }

  /** The answer settles; what was given up is a dead letter; a lane has what was carried to it. */
  private static NotificationState state(Row row) throws SQLException {
    Optional<String> answer = row.optionalText("answer");
    if (answer.isPresent()) {
      return AuthorityAnswer.valueOf(answer.get()) == AuthorityAnswer.ACCEPTED
          ? NotificationState.ACCEPTED
          : NotificationState.NOT_OURS;
    }
    if (row.optionalText("reason").isPresent()) {
      return NotificationState.DEAD_LETTER;
    }
    boolean carried = row.truth("pushed") && row.number("owed_number") <= row.number("carried");
    return carried ? NotificationState.IN_LANE : NotificationState.OWED;
  }
}
