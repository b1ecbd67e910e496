package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Optional;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** The deliveries tried in vain so far; settling a notification forgets them. */
public final class Attempts {

  private static final String UPDATE =
      """
      UPDATE delivery_attempt SET attempts = ?, due = ?, cause = ? WHERE notification = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO delivery_attempt (attempts, due, cause, notification) VALUES (?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT * FROM delivery_attempt --DERBY-PROPERTIES constraint=delivery_attempt_pk
      WHERE notification = ?
      """;
  private static final String REMOVE =
      """
      DELETE FROM delivery_attempt WHERE notification = ?
      """;

  private static final String REMOVE_OF =
      """
      DELETE FROM delivery_attempt
      WHERE notification IN (
        SELECT id
        FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
        WHERE settled = false AND authority = ? AND owed_number < 9223372036854775807)
      """;

  private final Sql sql;

  Attempts(Sql sql) {
    this.sql = sql;
  }

  /** Keeps how it stands now; a cause has no personal data. */
  public void put(Attempt attempt) {
    Object[] values = {
      attempt.attempts(), attempt.due(), Cause.bounded(attempt.cause()), attempt.notification()
    };
    if (sql.update(UPDATE, values) == 0) {
      sql.updateOne(INSERT, values);
    }
  }

  public Optional<Attempt> find(NotificationId id) {
    return sql.find(FIND, Attempts::attempt, id);
  }

  /** Starts counting anew; false when nothing was tried in vain. */
  public boolean remove(NotificationId id) {
    return sql.update(REMOVE, id) == 1;
  }

  /** Starts counting anew for all that this authority is owed. */
  public void removeOf(OdsCode authority) {
    sql.update(REMOVE_OF, authority);
  }

  private static Attempt attempt(Row row) throws SQLException {
    return new Attempt(
        row.notificationId("notification"),
        row.integer("attempts"),
        row.time("due"),
        row.text("cause"));
  }
}
