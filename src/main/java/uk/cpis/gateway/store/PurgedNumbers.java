package uk.cpis.gateway.store;

import java.util.Map;
import java.util.TreeMap;

/** The highest number purged of each stream, below which no number is given again. */
final class PurgedNumbers {

  static final String AUDIT = "audit";
  static final String OWED = "owed";

  /** What is owed to any authority: raised when a store is restored. */
  static final String EVERY_AUTHORITY = "owed to everybody";

  private static final String LAST_OF_AUTHORITIES =
      """
      SELECT MAX(last_number) AS highest FROM purged_number WHERE stream LIKE 'owed to %'
      """;

  private static final String LAST =
      """
      SELECT last_number FROM purged_number WHERE stream = ?
      """;
  private static final String RAISE =
      """
      UPDATE purged_number SET last_number = ? WHERE stream = ? AND last_number < ?
      """;
  private static final String INSERT =
      """
      INSERT INTO purged_number (stream, last_number) VALUES (?, ?)
      """;

  private final Sql sql;
  private final Map<String, Long> purged = new TreeMap<>();

  PurgedNumbers(Sql sql) {
    this.sql = sql;
  }

  static String ofAuthority(String code) {
    return "owed to " + code;
  }

  /** The highest number purged of this stream; 0 when none was. */
  long last(String stream) {
    return sql.find(LAST, row -> row.number("last_number"), stream).orElse(0L);
  }

  /** The highest number purged of what is owed to any authority; 0 when none was. */
  long lastOfAuthorities() {
    return sql.one(LAST_OF_AUTHORITIES, row -> row.number("highest"));
  }

  void purged(String stream, long number) {
    purged.merge(stream, number, Math::max);
  }

  /** Keeps what was purged, with the effects of its transaction. */
  void write() {
    purged.forEach(
        (stream, number) -> {
          if (sql.update(RAISE, number, stream, number) == 0 && last(stream) == 0) {
            sql.updateOne(INSERT, stream, number);
          }
        });
  }
}
