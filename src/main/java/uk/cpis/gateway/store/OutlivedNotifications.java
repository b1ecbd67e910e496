package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;

/**
 * The personal data of settled notifications. What remains of one is who was told when, under which
 * number, what was answered, and when the rest was erased.
 */
public final class OutlivedNotifications {

  private static final String TO_ERASE =
      """
      SELECT notification FROM settlement --DERBY-PROPERTIES index=settlement_to_erase
      WHERE erased_at IS NULL AND settled_at < ?
      ORDER BY settled_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String CAUSE =
      """
      SELECT cause FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_pk
      WHERE id = ?
      """;
  private static final String ERASE =
      """
      UPDATE owed_notification SET nhs_number = NULL, other_number = NULL
      WHERE id = ? AND settled = true
      """;
  private static final String MARK =
      """
      UPDATE settlement SET erased_at = ? WHERE notification = ?
      """;

  private static final String ERASED_AT =
      """
      SELECT erased_at FROM settlement --DERBY-PROPERTIES constraint=settlement_pk
      WHERE notification = ? AND erased_at IS NOT NULL
      """;

  private final Sql sql;

  OutlivedNotifications(Sql sql) {
    this.sql = sql;
  }

  /** Notifications settled before and not erased, the first settled coming first. */
  public List<NotificationId> toErase(Instant settledBefore, int limit) {
    return sql.list(TO_ERASE, row -> row.notificationId("notification"), settledBefore, limit);
  }

  /**
   * Erases the personal data of a settled notification: its numbers, its records, and the history
   * it shares with others that the same access owed, when it is the last of them.
   */
  public void erase(NotificationId id, Instant at) {
    OwedContent content = new OwedContent(sql);
    UUID cause = sql.one(CAUSE, row -> row.uuid("cause"), id);
    sql.updateOne(ERASE, id);
    content.removeRecords(id);
    content.removeFrozenUnlessTold(cause);
    sql.updateOne(MARK, at, id);
  }

  /** When its personal data were erased: it can neither be read nor sent any more. */
  public Optional<Instant> erasedAt(NotificationId id) {
    return sql.find(ERASED_AT, row -> row.time("erased_at"), id);
  }
}
