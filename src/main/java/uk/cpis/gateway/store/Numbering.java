package uk.cpis.gateway.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** Gives numbers to rows that ordinary transactions committed without one. */
final class Numbering {

  private static final String UNNUMBERED_AUDIT =
      """
      SELECT id FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number IS NULL
      ORDER BY happened_at, id
      """;
  private static final String UNNUMBERED_OWED =
      """
      SELECT id FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_owed_number
      WHERE owed_number IS NULL
      ORDER BY made_at, id
      """;
  private static final String NUMBER_AUDIT =
      """
      UPDATE audit_record SET number = ? WHERE id = ? AND number IS NULL
      """;
  private static final String AUTHORITY_OF =
      """
      SELECT authority FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_pk
      WHERE id = ?
      """;
  private static final String NUMBER_OWED =
      """
      UPDATE owed_notification SET owed_number = ?, number = ?
      WHERE id = ? AND owed_number IS NULL
      """;

  private final Sql sql;
  private final Numbers numbers;

  Numbering(Sql sql, Numbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  /**
   * The rows that the last run left without a number. Only for the start: it would wait for any
   * transaction that is about to add one.
   */
  static Unnumbered leftOver(Sql sql) {
    Unnumbered left = new Unnumbered();
    sql.list(UNNUMBERED_AUDIT, row -> row.uuid("id")).forEach(left::audited);
    sql.list(UNNUMBERED_OWED, row -> row.notificationId("id")).forEach(left::owed);
    return left;
  }

  void number(Unnumbered rows) {
    List<Object[]> audited = new ArrayList<>();
    for (UUID id : rows.audited()) {
      audited.add(new Object[] {numbers.nextAudited(), id});
    }
    sql.batch(NUMBER_AUDIT, audited);
    rows.owed().forEach(this::number);
  }

  private void number(NotificationId id) {
    Optional<OdsCode> authority = sql.find(AUTHORITY_OF, row -> row.organisation("authority"), id);
    OwedNumbers next = numbers.nextOwed(authority.orElseThrow(), sql);
    sql.updateOne(NUMBER_OWED, next.owed(), next.ofAuthority(), id);
  }
}
