package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The memory of messages, and the acknowledgements of submissions, beyond the message memory. */
public final class OutlivedMessages {

  private static final String MESSAGES =
      """
      SELECT asid, message_id
      FROM remembered_message --DERBY-PROPERTIES index=remembered_message_by_age
      WHERE handled_at < ?
      ORDER BY handled_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String FORGET =
      """
      DELETE FROM remembered_message WHERE asid = ? AND message_id = ?
      """;
  private static final String SUBMISSIONS =
      """
      SELECT id FROM submission --DERBY-PROPERTIES index=submission_by_age
      WHERE last_asked_at < ?
      ORDER BY last_asked_at
      FETCH FIRST ? ROWS ONLY
      """;
  // A deletion takes no hint, so it has the whole key.
  private static final String RECORDS =
      """
      SELECT position FROM submission_record --DERBY-PROPERTIES constraint=submission_record_pk
      WHERE submission = ?
      """;
  private static final String REMOVE_RECORD =
      """
      DELETE FROM submission_record WHERE submission = ? AND position = ?
      """;
  private static final String REMOVE =
      """
      DELETE FROM submission WHERE id = ? AND last_asked_at < ?
      """;

  private final Sql sql;

  OutlivedMessages(Sql sql) {
    this.sql = sql;
  }

  /** Forgets messages handled before, the first ones first; how many. */
  public int forget(Instant handledBefore, int limit) {
    List<Object[]> messages =
        sql.list(
            MESSAGES,
            row -> new Object[] {row.asid("asid"), row.messageId("message_id")},
            handledBefore,
            limit);
    sql.batch(FORGET, messages);
    return messages.size();
  }

  /**
   * Removes submissions that nobody asked for since, with their acknowledgements; how many. They go
   * after the messages that refer to them.
   */
  public int removeSubmissions(Instant askedBefore, int limit) {
    List<UUID> submissions = sql.list(SUBMISSIONS, row -> row.uuid("id"), askedBefore, limit);
    for (UUID id : submissions) {
      List<Object[]> records =
          sql.list(RECORDS, row -> new Object[] {id, row.integer("position")}, id);
      sql.batch(REMOVE_RECORD, records);
      sql.updateOne(REMOVE, id, askedBefore);
    }
    return submissions.size();
  }
}
