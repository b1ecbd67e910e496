package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;

/** The notifications given up for now, by authority; always in the order of the commits. */
public final class DeadLetters {

  private static final String HOLD_UNSETTLED =
      """
      UPDATE owed_notification SET kind = kind WHERE id = ? AND settled = false
      """;
  private static final String OWED_NUMBER =
      """
      SELECT owed_number FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_pk
      WHERE id = ? AND owed_number IS NOT NULL
      """;
  private static final String UPDATE =
      """
      UPDATE dead_letter
      SET authority = ?, reason = ?, cause = ?, attempts = ?, given_up_at = ?, owed_number = ?
      WHERE notification = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO dead_letter
        (authority, reason, cause, attempts, given_up_at, owed_number, notification)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT d.*, o.number, o.kind, o.made_at
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        dead_letter d --DERBY-PROPERTIES constraint=dead_letter_pk
        JOIN owed_notification o --DERBY-PROPERTIES constraint=owed_notification_pk
        ON o.id = d.notification
      WHERE d.notification = ?
      """;
  private static final String OF =
      """
      SELECT d.*, o.number, o.kind, o.made_at
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        dead_letter d --DERBY-PROPERTIES index=dead_letter_in_order
        JOIN owed_notification o --DERBY-PROPERTIES constraint=owed_notification_pk
        ON o.id = d.notification
      WHERE d.authority = ?
      ORDER BY d.owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  // Waits for nobody: the figures are for people to look at.
  private static final String COUNTS =
      """
      SELECT authority, reason, COUNT(*) AS letters, MIN(given_up_at) AS oldest
      FROM dead_letter
      GROUP BY authority, reason
      ORDER BY authority, reason
      WITH UR
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
   * Gives a notification up for now, with the newest cause. False when it is settled, by whichever
   * way the answer came: then it stays settled and nothing else.
   */
  public boolean add(NotificationId id, OdsCode authority, GivenUp why, Instant at) {
    // The notification's own row first, as settling does: whoever comes second sees the other.
    Optional<Long> owedNumber = hold(id);
    if (owedNumber.isEmpty()) {
      return false;
    }
    Object[] values = {
      authority, why.reason(), Cause.bounded(why.cause()), why.attempts(), at, owedNumber.get(), id
    };
    if (sql.update(UPDATE, values) == 0) {
      sql.updateOne(INSERT, values);
    }
    return true;
  }

  /** Has others wait for this transaction's end; its place in the order, unless it is settled. */
  private Optional<Long> hold(NotificationId id) {
    return sql.update(HOLD_UNSETTLED, id) == 0
        ? Optional.empty()
        : sql.find(OWED_NUMBER, row -> row.number("owed_number"), id);
  }

  public Optional<DeadLetter> find(NotificationId id) {
    return sql.find(FIND, DeadLetters::deadLetter, id);
  }

  /** This authority's dead letters, the one that was owed first coming first. */
  public List<DeadLetter> of(OdsCode authority, int limit) {
    return sql.list(OF, DeadLetters::deadLetter, authority, limit);
  }

  /** How many there are, by authority and reason. */
  public List<DeadLetterCount> counts() {
    return sql.list(COUNTS, DeadLetters::count);
  }

  /**
   * Takes one up again: from now on its lane lacks it. The attempts go on being counted. Empty when
   * it is no dead letter, or settled meanwhile.
   */
  public Optional<OwedReference> takeUp(NotificationId id, Instant at) {
    Optional<Long> owedNumber = hold(id);
    Optional<DeadLetter> letter = owedNumber.isEmpty() ? Optional.empty() : find(id);
    if (letter.isEmpty() || sql.update(REMOVE, id) == 0) {
      return Optional.empty();
    }
    GivenUp why = letter.get().givenUp();
    if (why.attempts() > 0) {
      new Attempts(sql).put(new Attempt(id, why.attempts(), at, why.cause()));
    }
    return Optional.of(new OwedReference(owedNumber.orElseThrow(), id, letter.get().authority()));
  }

  /** Takes all of this authority's up again, counting anew; how many they were. */
  public int removeOf(OdsCode authority) {
    return sql.update(REMOVE_OF, authority);
  }

  private static DeadLetter deadLetter(Row row) throws SQLException {
    return new DeadLetter(
        row.notificationId("notification"),
        row.organisation("authority"),
        row.number("number"),
        NotificationKind.valueOf(row.text("kind")),
        row.time("made_at"),
        new GivenUp(
            DeadLetterReason.valueOf(row.text("reason")),
            row.text("cause"),
            row.integer("attempts")),
        row.time("given_up_at"));
  }

  private static DeadLetterCount count(Row row) throws SQLException {
    return new DeadLetterCount(
        row.organisation("authority"),
        DeadLetterReason.valueOf(row.text("reason")),
        row.number("letters"),
        row.time("oldest"));
  }
}
