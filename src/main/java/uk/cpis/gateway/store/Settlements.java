package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.NotificationId;

/** The authorities' final answers, one for each notification. */
public final class Settlements {

  private static final String INSERT =
      """
      INSERT INTO settlement (notification, answer, settled_at) VALUES (?, ?, ?)
      """;
  private static final String MARK =
      """
      UPDATE owed_notification SET settled = true WHERE id = ? AND settled = false
      """;
  private static final String FORGET_ATTEMPTS =
      """
      DELETE FROM delivery_attempt WHERE notification = ?
      """;
  private static final String FORGET_DEAD_LETTER =
      """
      DELETE FROM dead_letter WHERE notification = ?
      """;
  private static final String FIND =
      """
      SELECT * FROM settlement --DERBY-PROPERTIES constraint=settlement_pk
      WHERE notification = ?
      """;

  private final Sql sql;

  Settlements(Sql sql) {
    this.sql = sql;
  }

  /**
   * Settles a notification; false when it was settled already, and then nothing changes. Its vain
   * attempts and its dead letter go with it.
   */
  public boolean settle(NotificationId id, AuthorityAnswer answer, Instant at) {
    if (answer == AuthorityAnswer.TRY_LATER) {
      throw new IllegalArgumentException("'try later' settles nothing");
    }
    // The notification's own row first: whoever comes second waits there, holding nothing. The
    // other way round, each would hold what the other's foreign key or change waits for.
    if (sql.update(MARK, id) == 0) {
      requireSettled(id);
      return false;
    }
    sql.updateOne(INSERT, id, answer, at);
    sql.update(FORGET_ATTEMPTS, id);
    sql.update(FORGET_DEAD_LETTER, id);
    return true;
  }

  private void requireSettled(NotificationId id) {
    if (find(id).isEmpty()) {
      throw new StoreException("no such notification to settle: " + id);
    }
  }

  public Optional<Settlement> find(NotificationId id) {
    return sql.find(FIND, Settlements::settlement, id);
  }

  private static Settlement settlement(Row row) throws SQLException {
    return new Settlement(
        row.notificationId("notification"),
        AuthorityAnswer.valueOf(row.text("answer")),
        row.time("settled_at"));
  }
}
