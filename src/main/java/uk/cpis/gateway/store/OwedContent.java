package uk.cpis.gateway.store;

import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;

/** What notifications say of people, to be removed while the notification itself stays. */
final class OwedContent {

  // A deletion takes no hint, so it has the whole key.
  private static final String RECORDS =
      """
      SELECT position FROM owed_record --DERBY-PROPERTIES constraint=owed_record_pk
      WHERE notification = ?
      """;
  private static final String REMOVE_RECORD =
      """
      DELETE FROM owed_record WHERE notification = ? AND position = ?
      """;

  private static final String OF_CAUSE_NOT_ERASED =
      """
      SELECT id FROM owed_notification --DERBY-PROPERTIES index=owed_notification_of_cause
      WHERE cause = ? AND nhs_number IS NOT NULL
      FETCH FIRST ROW ONLY
      """;
  private static final String HISTORY =
      """
      SELECT position FROM owed_history --DERBY-PROPERTIES constraint=owed_history_pk
      WHERE access = ?
      """;
  private static final String REMOVE_HISTORY =
      """
      DELETE FROM owed_history WHERE access = ? AND position = ?
      """;
  private static final String REMOVE_PATTERNS =
      """
      DELETE FROM owed_patterns WHERE access = ?
      """;

  private final Sql sql;

  OwedContent(Sql sql) {
    this.sql = sql;
  }

  /** Removes the records that a notification tells of. */
  void removeRecords(NotificationId id) {
    List<Object[]> records =
        sql.list(RECORDS, row -> new Object[] {id, row.integer("position")}, id);
    sql.batch(REMOVE_RECORD, records);
  }

  /** Removes what an access froze for all that were told of it, once all of them are erased. */
  void removeFrozenUnlessTold(UUID access) {
    if (sql.find(OF_CAUSE_NOT_ERASED, row -> row.uuid("id"), access).isEmpty()) {
      removeFrozen(access);
    }
  }

  /** Removes the history and the counts that an access froze. */
  void removeFrozen(UUID access) {
    List<Object[]> history =
        sql.list(HISTORY, row -> new Object[] {access, row.integer("position")}, access);
    sql.batch(REMOVE_HISTORY, history);
    sql.update(REMOVE_PATTERNS, access);
  }
}
