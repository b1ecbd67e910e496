package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.ShownAccess;

/**
 * Notifications put together from what never changes: what is owed and why, the frozen records, and
 * for an access its row in the audit with the history and the counts it saw.
 */
final class FrozenNotifications {

  private static final String NOTIFICATION =
      """
      SELECT o.kind, o.cause, o.number AS authority_number, o.authority, o.made_at,
        o.nhs_number AS person, o.other_number, a.*
      FROM --DERBY-PROPERTIES joinOrder=FIXED
        owed_notification o --DERBY-PROPERTIES constraint=owed_notification_pk
        LEFT JOIN audit_record a --DERBY-PROPERTIES constraint=audit_record_pk
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

  Optional<Notification> find(NotificationId id) {
    return sql.find(NOTIFICATION, row -> read(id, row), id);
  }

  private Notification read(NotificationId id, Row row) throws SQLException {
    NotificationKind kind = NotificationKind.valueOf(row.text("kind"));
    return kind == NotificationKind.ACCESS ? access(id, row) : news(id, kind, row);
  }

  private DemographicNotification news(NotificationId id, NotificationKind kind, Row row)
      throws SQLException {
    return new DemographicNotification(
        id,
        row.number("authority_number"),
        row.time("made_at"),
        row.organisation("authority"),
        row.person("person"),
        DemographicNews.of(kind, row.optionalPerson("other_number")),
        records(id, row));
  }

  private AccessNotification access(NotificationId id, Row row) throws SQLException {
    UUID access = row.uuid("cause");
    Author author = AuthorColumns.read(row).orElseThrow();
    Optional<AccessPatterns> patterns = new FrozenAccesses(sql).patterns(access);
    return new AccessNotification(
        id,
        row.number("authority_number"),
        row.time("made_at"),
        row.organisation("authority"),
        row.person("person"),
        details(row, author, row.time("happened_at")),
        records(id, row),
        patterns.isPresent() ? new FrozenAccesses(sql).history(access) : unfrozen(row, author),
        patterns);
  }

  /** The history of an access of the version before, which froze none. */
  private List<ShownAccess> unfrozen(Row row, Author author) throws SQLException {
    LinkedNumbers person = LinkedNumbers.alone(row.person("person"));
    return new Accesses(sql).history(person, author, row.time("happened_at"), row.number("number"));
  }

  private List<NotifiedRecord> records(NotificationId id, Row row) throws SQLException {
    OdsCode authority = row.organisation("authority");
    NhsNumber person = row.person("person");
    return sql.list(RECORDS, each -> record(authority, person, each), id);
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
            new PlanKey(
                authority,
                row.optionalPerson("nhs_number").orElse(person),
                row.planType("plan_type")),
            Plans.period(row),
            Plans.subject(row),
            row.optionalText("local_identifier"),
            Plans.submission(row));
    return new NotifiedRecord(plan, row.truth("active"));
  }
}
