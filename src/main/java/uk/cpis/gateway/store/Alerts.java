package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
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
  private static final String AUTHORITIES =
      """
      SELECT code FROM local_authority WITH UR
      """;
  // A statement for each authority: as a part of one statement, Derby would read the whole index
  // for each. The first in the order of the commits is the oldest, but for clocks set back.
  private static final String OLDEST_OWED =
      """
      SELECT made_at AS oldest
      FROM owed_notification --DERBY-PROPERTIES index=owed_notification_open
      WHERE settled = false AND authority = ? AND owed_number < 9223372036854775807
      ORDER BY owed_number
      FETCH FIRST ROW ONLY
      WITH UR
      """;
  private static final String SUBMITTING =
      """
      SELECT code, submitter_since FROM local_authority WHERE submitter_since IS NOT NULL WITH UR
      """;
  private static final String NEWEST_SUBMISSION =
      """
      SELECT received_at AS newest
      FROM submission --DERBY-PROPERTIES index=submission_newest
      WHERE authority = ?
      ORDER BY received_at DESC
      FETCH FIRST ROW ONLY
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
    Map<OdsCode, Instant> oldest = new HashMap<>();
    for (OdsCode code : sql.list(AUTHORITIES, row -> row.organisation("code"))) {
      sql.find(OLDEST_OWED, row -> row.time("oldest"), code).ifPresent(at -> oldest.put(code, at));
    }
    return Map.copyOf(oldest);
  }

  /** When each authority that has a system for it last submitted, or got that system since. */
  public Map<OdsCode, Instant> newestSubmissions() {
    return sql.list(SUBMITTING, Alerts::submitting).stream()
        .collect(Collectors.toUnmodifiableMap(Submitting::code, this::newest));
  }

  private record Submitting(OdsCode code, Instant since) {}

  private static Submitting submitting(Row row) throws SQLException {
    return new Submitting(row.organisation("code"), row.time("submitter_since"));
  }

  private Instant newest(Submitting authority) {
    return sql.find(NEWEST_SUBMISSION, row -> row.time("newest"), authority.code())
        .filter(authority.since()::isBefore)
        .orElse(authority.since());
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
