package uk.cpis.gateway.store;

import java.util.List;
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
}
