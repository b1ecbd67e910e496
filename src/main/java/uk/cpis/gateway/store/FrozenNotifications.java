package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;

/**
 * Notifications put together from what never changes: the access in the audit, the frozen records,
 * and the history up to the access's own number.
 */
final class FrozenNotifications {

  private static final String NOTIFICATION =
      """
      SELECT o.number AS authority_number, o.authority, o.made_at, o.nhs_number AS person, a.*
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        owed_notification o --DERBY-PROPERTIES constraint=owed_notification_pk
        JOIN audit_record a --DERBY-PROPERTIES constraint=audit_record_pk
        ON a.id = o.cause
      WHERE o.id = ? AND o.number IS NOT NULL AND o.nhs_number IS NOT NULL
      """;
  private static final String RECORDS =
      """
      SELECT * FROM owed_record --DERBY-PROPERTIES constraint=owed_record_pk
      WHERE notification = ?
      ORDER BY position
      """;
  private final Sql sql;

  FrozenNotifications(Sql sql) {
    this.sql = sql;
  }

  Optional<AccessNotification> find(NotificationId id) {
    return sql.find(NOTIFICATION, row -> read(id, row), id);
  }

  private AccessNotification read(NotificationId id, Row row) throws SQLException {
    OdsCode authority = row.organisation("authority");
    NhsNumber person = row.person("person");
    Author author = AuthorColumns.read(row).orElseThrow();
    Instant at = row.time("happened_at");
    return new AccessNotification(
        id,
        row.number("authority_number"),
        row.time("made_at"),
        authority,
        person,
        details(row, author, at),
        sql.list(RECORDS, each -> record(authority, person, each), id),
        new Accesses(sql).history(LinkedNumbers.alone(person), author, at, row.number("number")));
  }

  private static AccessNotification.AccessDetails details(Row row, Author author, Instant at)
      throws SQLException {
    return new AccessNotification.AccessDetails(
        at,
        author.shownName(),
        author.jobRole(),
        author.organisation(),
        row.optionalText("care_setting").flatMap(CareSetting::ofCode),
        row.optionalTelephone("ring_back"));
  }

  private static NotifiedRecord record(OdsCode authority, NhsNumber person, Row row)
      throws SQLException {
    Plan plan =
        new Plan(
            new PlanKey(authority, person, row.planType("plan_type")),
            Plans.period(row),
            Plans.subject(row),
            row.optionalText("local_identifier"),
            Plans.submission(row));
    return new NotifiedRecord(plan, row.truth("active"));
  }
}
