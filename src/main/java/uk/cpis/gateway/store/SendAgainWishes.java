package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The dead letters that are to be sent again, taken up in batches in the order of the commits. What
 * is wished for is kept until it is done; each letter is taken up once for one wish, so one that
 * fails again stays a dead letter until it is wished for again.
 */
public final class SendAgainWishes {

  private static final String NEWEST =
      """
      SELECT MAX(owed_number) AS newest
      FROM dead_letter --DERBY-PROPERTIES index=dead_letter_in_order
      WHERE authority = ? AND reason = ?
      """;
  private static final String COUNT =
      """
      SELECT COUNT(*) AS letters
      FROM dead_letter --DERBY-PROPERTIES index=dead_letter_in_order
      WHERE authority = ? AND reason = ?
      """;
  private static final String WISH_ANEW =
      """
      UPDATE send_again SET after_number = 0, up_to_number = ? WHERE authority = ? AND reason = ?
      """;
  private static final String WISH =
      """
      INSERT INTO send_again (after_number, up_to_number, authority, reason) VALUES (0, ?, ?, ?)
      """;
  private static final String AUTHORITIES =
      """
      SELECT DISTINCT authority FROM send_again
      """;
  private static final String NEXT =
      """
      SELECT d.notification
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        dead_letter d --DERBY-PROPERTIES index=dead_letter_in_order
        JOIN send_again w --DERBY-PROPERTIES constraint=send_again_pk
        ON w.authority = d.authority AND w.reason = d.reason
      WHERE d.authority = ? AND d.owed_number > w.after_number AND d.owed_number <= w.up_to_number
      ORDER BY d.owed_number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String OLDEST =
      """
      SELECT notification
      FROM dead_letter --DERBY-PROPERTIES index=dead_letter_in_order
      WHERE authority = ? AND reason = ?
      ORDER BY owed_number
      FETCH FIRST ROW ONLY
      """;
  private static final String MOVE =
      """
      UPDATE send_again SET after_number = ? WHERE authority = ? AND after_number < ?
      """;
  private static final String GIVE_BACK =
      """
      UPDATE send_again SET after_number = after_number - 1
      WHERE authority = ? AND after_number = (
        SELECT owed_number FROM dead_letter --DERBY-PROPERTIES constraint=dead_letter_pk
        WHERE notification = ?)
      """;
  private static final String DONE =
      """
      DELETE FROM send_again WHERE authority = ?
      """;

  private final Sql sql;
  private final DeadLetters letters;

  SendAgainWishes(Sql sql) {
    this.sql = sql;
    this.letters = new DeadLetters(sql);
  }

  /** Wishes for all that this authority has for this reason now; how many they are. */
  public long add(OdsCode authority, DeadLetterReason reason) {
    Optional<Long> newest =
        sql.one(NEWEST, row -> row.optionalNumber("newest"), authority, reason).stream()
            .boxed()
            .findFirst();
    if (newest.isEmpty()) {
      return 0;
    }
    if (sql.update(WISH_ANEW, newest, authority, reason) == 0) {
      sql.updateOne(WISH, newest, authority, reason);
    }
    return sql.one(COUNT, row -> row.number("letters"), authority, reason);
  }

  /** Of whom something is wished for. */
  public Set<OdsCode> authorities() {
    return sql.list(AUTHORITIES, row -> row.organisation("authority")).stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Takes up the next of what is wished for; when nothing is left, the wish is done. */
  public List<OwedReference> takeUp(OdsCode authority, int limit, Instant at) {
    List<NotificationId> next =
        sql.list(NEXT, row -> row.notificationId("notification"), authority, limit);
    List<OwedReference> taken =
        next.stream().flatMap(id -> letters.takeUp(id, at).stream()).toList();
    if (next.size() < limit) {
      removeOf(authority);
    } else if (!taken.isEmpty()) {
      moveTo(taken.get(taken.size() - 1).owedNumber(), authority);
    }
    return taken;
  }

  /**
   * Takes up the next of what is wished for, to see whether its authority takes it: should it not
   * answer, {@link #giveBack} has the wish as it was.
   */
  public Optional<OwedReference> takeUpFirst(OdsCode authority, Instant at) {
    Optional<NotificationId> first =
        sql.find(NEXT, row -> row.notificationId("notification"), authority, 1);
    if (first.isEmpty()) {
      removeOf(authority);
    }
    Optional<OwedReference> taken = first.flatMap(id -> letters.takeUp(id, at));
    taken.ifPresent(each -> moveTo(each.owedNumber(), authority));
    return taken;
  }

  private void moveTo(long last, OdsCode authority) {
    sql.update(MOVE, last, authority, last);
  }

  /** Wishes again for the dead letter that was taken up last, for nobody answered for it. */
  public void giveBack(NotificationId id, OdsCode authority) {
    sql.update(GIVE_BACK, authority, id);
  }

  /** Takes up the oldest that this authority has for this reason, to see whether it takes it. */
  public Optional<OwedReference> takeUpOldest(
      OdsCode authority, DeadLetterReason reason, Instant at) {
    return sql.find(OLDEST, row -> row.notificationId("notification"), authority, reason)
        .flatMap(id -> letters.takeUp(id, at));
  }

  /** Wishes for nothing of this authority any more. */
  public void removeOf(OdsCode authority) {
    sql.update(DONE, authority);
  }
}
