package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;

/**
 * The audit from its beginning, and what was owed for it. An entry goes together with its
 * notifications when all of them are settled; what is still owed is never dropped.
 */
public final class OutlivedAudit {

  /** An entry of the audit, by its number. */
  public record Entry(UUID id, long number, Instant at) {}

  private static final String AFTER =
      """
      SELECT id, number, happened_at
      FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number > ? AND number < 9223372036854775807
      ORDER BY number
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String OWED =
      """
      SELECT id, authority, owed_number, number, settled
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_of_cause
      WHERE cause = ?
      """;
  private static final String REMOVE_SETTLEMENT =
      """
      DELETE FROM settlement WHERE notification = ?
      """;
  private static final String REMOVE_NOTIFICATION =
      """
      DELETE FROM owed_notification WHERE id = ? AND settled = true
      """;
  private static final String REMOVE =
      """
      DELETE FROM audit_record WHERE id = ?
      """;

  private record Told(
      NotificationId id, String authority, long owedNumber, long number, boolean settled) {}

  private final Sql sql;
  private final PurgedNumbers numbers;

  OutlivedAudit(Sql sql) {
    this.sql = sql;
    this.numbers = new PurgedNumbers(sql);
  }

  /** The numbered entries after this number, in their order. */
  public List<Entry> after(long number, int limit) {
    return sql.list(
        AFTER,
        row -> new Entry(row.uuid("id"), row.number("number"), row.time("happened_at")),
        number,
        limit);
  }

  /** The numbered entries from one number to another, in their order. */
  public List<Entry> between(long first, long last) {
    return after(first - 1, Math.toIntExact(last - first + 1)).stream()
        .takeWhile(entry -> entry.number() <= last)
        .toList();
  }

  /** Whether nothing is owed for any of these entries any more. */
  public boolean allSettled(List<Entry> entries) {
    return entries.stream().allMatch(entry -> owedFor(entry.id()).stream().allMatch(Told::settled));
  }

  /**
   * Removes those of these entries for which nothing is owed any more, with their settled
   * notifications, and keeps the numbers from being given again; how many entries.
   */
  public int remove(List<Entry> entries) {
    List<Entry> removed = new ArrayList<>();
    List<Told> told = new ArrayList<>();
    for (Entry entry : entries) {
      List<Told> owed = owedFor(entry.id());
      if (owed.stream().allMatch(Told::settled)) {
        removed.add(entry);
        told.addAll(owed);
      }
    }
    told.forEach(this::remove);
    removed.forEach(entry -> new OwedContent(sql).removeFrozen(entry.id()));
    removed.forEach(entry -> sql.updateOne(REMOVE, entry.id()));
    removed.forEach(entry -> numbers.purged(PurgedNumbers.AUDIT, entry.number()));
    numbers.write();
    return removed.size();
  }

  private List<Told> owedFor(UUID cause) {
    return sql.list(
        OWED,
        row ->
            new Told(
                row.notificationId("id"),
                row.text("authority"),
                row.number("owed_number"),
                row.number("number"),
                row.truth("settled")),
        cause);
  }

  private void remove(Told told) {
    sql.update(REMOVE_SETTLEMENT, told.id());
    new OwedContent(sql).removeRecords(told.id());
    sql.updateOne(REMOVE_NOTIFICATION, told.id());
    numbers.purged(PurgedNumbers.OWED, told.owedNumber());
    numbers.purged(PurgedNumbers.ofAuthority(told.authority()), told.number());
  }
}
