package uk.cpis.gateway.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The streams of numbers, each without a gap: of the audit, of all that is owed, and of what is
 * owed to each authority. The writer counts on a copy and keeps it when the commit succeeded.
 */
final class Numbers {

  private static final String LAST_AUDITED =
      """
      SELECT MAX(number) AS highest FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      """;
  private static final String LAST_OWED =
      """
      SELECT MAX(owed_number) AS highest
      FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_owed_number
      """;
  private static final String LAST_OF_AUTHORITIES =
      """
      SELECT authority, MAX(number) AS highest FROM owed_notification GROUP BY authority
      """;

  private long audited;
  private long owed;
  private final Map<OdsCode, Long> ofAuthorities;

  private Numbers(long audited, long owed, Map<OdsCode, Long> ofAuthorities) {
    this.audited = audited;
    this.owed = owed;
    this.ofAuthorities = ofAuthorities;
  }

  /** Where the store left off. */
  static Numbers lastIn(Sql sql) {
    Map<OdsCode, Long> last = new HashMap<>();
    record Last(OdsCode authority, long number) {}
    List<Last> rows =
        sql.list(
            LAST_OF_AUTHORITIES,
            row -> new Last(row.organisation("authority"), row.number("highest")));
    rows.forEach(row -> last.put(row.authority(), row.number()));
    return new Numbers(
        sql.one(LAST_AUDITED, row -> row.number("highest")),
        sql.one(LAST_OWED, row -> row.number("highest")),
        last);
  }

  Numbers copy() {
    return new Numbers(audited, owed, new HashMap<>(ofAuthorities));
  }

  long nextAudited() {
    return ++audited;
  }

  OwedNumbers nextOwed(OdsCode authority) {
    return new OwedNumbers(++owed, ofAuthorities.merge(authority, 1L, Long::sum));
  }
}
