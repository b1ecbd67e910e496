package uk.cpis.gateway.store;

import java.util.HashMap;
import java.util.Map;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The streams of numbers, each without a gap: of the audit, of all that is owed, and of what is
 * owed to each authority. The writer counts on a copy and keeps it when the commit succeeded.
 */
final class Numbers {

  // Only the writer gives numbers, so it may read without waiting for others: their rows that are
  // not committed have none.
  private static final String LAST_AUDITED =
      """
      SELECT MAX(number) AS highest FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WITH UR
      """;
  private static final String LAST_OWED =
      """
      SELECT MAX(owed_number) AS highest
      FROM owed_notification --DERBY-PROPERTIES constraint=owed_notification_owed_number
      WITH UR
      """;
  private static final String LAST_OF_AUTHORITY =
      """
      SELECT number AS highest
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_newest
      WHERE authority = ? AND number IS NOT NULL
      ORDER BY number DESC
      FETCH FIRST ROW ONLY
      WITH UR
      """;

  private long audited;
  private long owed;
  private final Map<OdsCode, Long> ofAuthorities;

  private Numbers(long audited, long owed, Map<OdsCode, Long> ofAuthorities) {
    this.audited = audited;
    this.owed = owed;
    this.ofAuthorities = ofAuthorities;
  }

  /**
   * Where the store left off, though the newest rows may be purged by now; an authority's count is
   * looked up when it is first needed.
   */
  static Numbers lastIn(Sql sql) {
    PurgedNumbers purged = new PurgedNumbers(sql);
    return new Numbers(
        Math.max(
            sql.one(LAST_AUDITED, row -> row.number("highest")), purged.last(PurgedNumbers.AUDIT)),
        Math.max(sql.one(LAST_OWED, row -> row.number("highest")), purged.last(PurgedNumbers.OWED)),
        new HashMap<>());
  }

  /** The newest number of the audit, and of all that is owed. */
  record Newest(long audited, long owed) {}

  Newest newest() {
    return new Newest(audited, owed);
  }

  Numbers copy() {
    return new Numbers(audited, owed, new HashMap<>(ofAuthorities));
  }

  long nextAudited() {
    return ++audited;
  }

  OwedNumbers nextOwed(OdsCode authority, Sql sql) {
    long last = ofAuthorities.computeIfAbsent(authority, code -> lastOf(code, sql));
    ofAuthorities.put(authority, last + 1);
    return new OwedNumbers(++owed, last + 1);
  }

  /**
   * The last number that was ever given to this authority's notifications; zero before the first.
   */
  static long lastOf(OdsCode authority, Sql sql) {
    long held = sql.find(LAST_OF_AUTHORITY, row -> row.number("highest"), authority).orElse(0L);
    PurgedNumbers purged = new PurgedNumbers(sql);
    long gone =
        Math.max(
            purged.last(PurgedNumbers.ofAuthority(authority.value())),
            purged.last(PurgedNumbers.EVERY_AUTHORITY));
    return Math.max(held, gone);
  }
}
