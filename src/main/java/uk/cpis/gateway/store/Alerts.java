package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.StandingAlert;

/**
 * What the operator was told that is not over, and what it is judged by. The questions wait for
 * nobody, and each looks up one row by authority.
 */
public final class Alerts {

  private static final String STANDING =
      """
      SELECT code, subject, since FROM standing_alert ORDER BY since, code, subject
      """;
  private static final String BEGIN =
      """
      INSERT INTO standing_alert (code, subject, since) VALUES (?, ?, ?)
      """;
  private static final String END =
      """
      DELETE FROM standing_alert WHERE code = ? AND subject = ?
      """;
  // The first in the order of the commits is the oldest, but for clocks that were set back.
  private static final String OLDEST_OWED =
      """
      SELECT a.code,
        (SELECT o.made_at
         FROM owed_notification o --DERBY-PROPERTIES index=owed_notification_open
         WHERE o.settled = false AND o.authority = a.code AND o.owed_number IS NOT NULL
         ORDER BY o.owed_number
         FETCH FIRST ROW ONLY) AS oldest
      FROM local_authority a
      WITH UR
      """;
  private static final String NEWEST_SUBMISSION =
      """
      SELECT a.code, a.submitter_since,
        (SELECT s.received_at
         FROM submission s --DERBY-PROPERTIES index=submission_newest
         WHERE s.authority = a.code
         ORDER BY s.received_at DESC
         FETCH FIRST ROW ONLY) AS newest
      FROM local_authority a
      WHERE a.submitter_since IS NOT NULL
      WITH UR
      """;
  private static final String SUBMITTERS =
      """
      SELECT code FROM local_authority WHERE submitter_since IS NOT NULL
      """;
  private static final String NOTE_SUBMITTER =
      """
      UPDATE local_authority SET submitter_since = ? WHERE code = ?
      """;
  private static final String NO_SUBMITTER =
      """
      UPDATE local_authority SET submitter_since = NULL WHERE code = ?
      """;

  private final Sql sql;

  Alerts(Sql sql) {
    this.sql = sql;
  }

  /** What stands, the first first. */
  public List<StandingAlert> standing() {
    return sql.list(STANDING, Alerts::alert);
  }

  /** Notes that this was told. */
  public void begin(StandingAlert alert) {
    sql.updateOne(BEGIN, alert.kind(), alert.subject(), alert.since());
  }

  /** Notes that it is over. */
  public void end(StandingAlert alert) {
    sql.update(END, alert.kind(), alert.subject());
  }

  /** When each authority's oldest unsettled notification was made: dead letters count too. */
  public Map<OdsCode, Instant> oldestOwed() {
    return sql
        .list(OLDEST_OWED, row -> Map.entry(row.organisation("code"), row.optionalTime("oldest")))
        .stream()
        .filter(each -> each.getValue().isPresent())
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().orElseThrow()));
  }

  /** When each authority that has a system for it last submitted, or got that system since. */
  public Map<OdsCode, Instant> newestSubmissions() {
    return sql.list(NEWEST_SUBMISSION, Alerts::newest).stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<OdsCode, Instant> newest(Row row) throws SQLException {
    Instant since = row.time("submitter_since");
    Instant at = row.optionalTime("newest").filter(since::isBefore).orElse(since);
    return Map.entry(row.organisation("code"), at);
  }

  /** Notes who has a system registered to submit, and since when who had none before. */
  public void noteSubmitters(Set<OdsCode> submitters, Instant at) {
    Set<OdsCode> known =
        sql.list(SUBMITTERS, row -> row.organisation("code")).stream()
            .collect(Collectors.toUnmodifiableSet());
    submitters.stream()
        .filter(each -> !known.contains(each))
        .forEach(each -> sql.update(NOTE_SUBMITTER, at, each));
    known.stream()
        .filter(each -> !submitters.contains(each))
        .forEach(each -> sql.update(NO_SUBMITTER, each));
  }

  private static StandingAlert alert(Row row) throws SQLException {
    return new StandingAlert(
        AlertKind.valueOf(row.text("code")), row.text("subject"), row.time("since"));
  }
}
