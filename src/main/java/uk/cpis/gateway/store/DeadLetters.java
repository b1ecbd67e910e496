package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** The notifications given up for now, by authority. */
public final class DeadLetters {

  private static final String HOLD_UNSETTLED =
      """
      UPDATE owed_notification SET kind = kind WHERE id = ? AND settled = false
      """;
  private static final String UPDATE =
      """
      UPDATE dead_letter SET authority = ?, cause = ?, given_up_at = ? WHERE notification = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO dead_letter (authority, cause, given_up_at, notification) VALUES (?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT * FROM dead_letter --DERBY-PROPERTIES constraint=dead_letter_pk
      WHERE notification = ?
      """;
  private static final String OF =
      """
      SELECT * FROM dead_letter --DERBY-PROPERTIES index=dead_letter_by_authority
      WHERE authority = ?
      ORDER BY given_up_at, notification
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String REMOVE =
      """
      DELETE FROM dead_letter WHERE notification = ?
      """;

  private static final String REMOVE_OF =
      """
      DELETE FROM dead_letter WHERE authority = ?
      """;

  private final Sql sql;

  DeadLetters(Sql sql) {
    this.sql = sql;
  }

  /**
   * Gives a notification up for now, with the newest cause; a cause has no personal data. False
   * when it is settled, by whichever way the answer came: then it stays settled and nothing else.
   */
  public boolean add(NotificationId id, OdsCode authority, String cause, Instant at) {
    // The notification's own row first, as settling does: whoever comes second sees the other.
    if (sql.update(HOLD_UNSETTLED, id) == 0) {
      return false;
    }
    Object[] values = {authority, Cause.bounded(cause), at, id};
    if (sql.update(UPDATE, values) == 0) {
      sql.updateOne(INSERT, values);
    }
    return true;
  }

  public Optional<DeadLetter> find(NotificationId id) {
    return sql.find(FIND, DeadLetters::deadLetter, id);
  }

  /** This authority's dead letters, the one given up first coming first. */
  public List<DeadLetter> of(OdsCode authority, int limit) {
    return sql.list(OF, DeadLetters::deadLetter, authority, limit);
  }

  /** Takes it up again; false when it is no dead letter. */
  public boolean remove(NotificationId id) {
    return sql.update(REMOVE, id) == 1;
  }

  /** Takes all of this authority's up again; how many they were. */
  public int removeOf(OdsCode authority) {
    return sql.update(REMOVE_OF, authority);
  }

  private static DeadLetter deadLetter(Row row) throws SQLException {
    return new DeadLetter(
        row.notificationId("notification"),
        row.organisation("authority"),
        row.text("cause"),
        row.time("given_up_at"));
  }
}
