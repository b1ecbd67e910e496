package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;

/** The plans, one for each authority, person and type. */
public final class Plans {

  // The indexes are named, so that a plan made while the table was small never scans it: a scan
  // would wait for every uncommitted row of other people.
  private static final String VISIBLE =
      """
      SELECT * FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number = ? AND deleted = false AND (last_visible_day IS NULL OR last_visible_day >= ?)
      ORDER BY authority, plan_type
      """;
  private static final String FIND =
      """
      SELECT plan.*, COALESCE(
          (SELECT era FROM submission_sequence s WHERE s.authority = plan.authority), 0)
        AS current_era
      FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number = ? AND authority = ? AND plan_type = ?
      """;
  // Uncommitted reads: a number more or less is looked at, and nobody is waited for.
  private static final String NUMBERS =
      """
      SELECT nhs_number FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number > ? AND deleted = false
        AND (last_visible_day IS NULL OR last_visible_day >= ?)
      ORDER BY nhs_number
      FETCH FIRST ? ROWS ONLY WITH UR
      """;
  private static final String FIND_KEPT =
      """
      SELECT * FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number = ? AND authority = ? AND plan_type = ? AND deleted = false
      """;
  private static final String HOLDINGS =
      """
      SELECT * FROM plan --DERBY-PROPERTIES index=plan_by_authority
      WHERE authority = ? AND nhs_number >= ? AND (nhs_number > ? OR plan_type > ?)
        AND deleted = false AND (last_visible_day IS NULL OR last_visible_day >= ?)
      ORDER BY nhs_number, plan_type
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String COUNT_HOLDINGS =
      """
      SELECT COUNT(*) AS holdings FROM plan --DERBY-PROPERTIES index=plan_by_authority
      WHERE authority = ? AND deleted = false AND (last_visible_day IS NULL OR last_visible_day >= ?)
      """;
  private static final String UPDATE =
      """
      UPDATE plan
      SET start_date = ?, end_date = ?, last_visible_day = ?,
        family_name = ?, given_name = ?, date_of_birth = ?, local_identifier = ?,
        message_id = ?, sequence_number = ?, changed_at = ?, deleted = false,
        sequence_era = COALESCE(
          (SELECT era FROM submission_sequence s WHERE s.authority = plan.authority), 0)
      WHERE nhs_number = ? AND authority = ? AND plan_type = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO plan
        (start_date, end_date, last_visible_day, family_name, given_name, date_of_birth,
         local_identifier, message_id, sequence_number, changed_at, deleted,
         nhs_number, authority, plan_type, sequence_era)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?, ?,
        COALESCE((SELECT era FROM submission_sequence s WHERE s.authority = ?), 0))
      """;
  private static final String DELETE =
      """
      UPDATE plan
      SET start_date = NULL, end_date = NULL, last_visible_day = NULL,
        family_name = NULL, given_name = NULL, date_of_birth = NULL, local_identifier = NULL,
        message_id = ?, sequence_number = ?, changed_at = ?, deleted = true,
        sequence_era = COALESCE(
          (SELECT era FROM submission_sequence s WHERE s.authority = plan.authority), 0)
      WHERE nhs_number = ? AND authority = ? AND plan_type = ?
      """;
  private static final String INSERT_DELETED =
      """
      INSERT INTO plan
        (message_id, sequence_number, changed_at, deleted, nhs_number, authority, plan_type,
         sequence_era)
      VALUES (?, ?, ?, true, ?, ?, ?,
        COALESCE((SELECT era FROM submission_sequence s WHERE s.authority = ?), 0))
      """;

  /** What tells whether a record was sent again. */
  private record Kept(PlanPeriod period, Instant changedAt) {}

  private final Sql sql;

  Plans(Sql sql) {
    this.sql = sql;
  }

  /** What is visible of this person on this day, of every authority, by authority and type. */
  public List<Plan> visible(NhsNumber person, LocalDate today) {
    return sql.list(VISIBLE, Plans::plan, person, today);
  }

  /**
   * What answers show on this day of a person with all her numbers, the newest number's records
   * first: nothing where she is withheld, a merged number's record no more once its authority sent
   * it again under a newer one, and a child's plan of an adult as ended (rules 13, 14 and 19).
   */
  public List<Plan> shown(LinkedNumbers person, LocalDate today) {
    return person.shown().stream()
        .flatMap(number -> visible(number, today).stream())
        .filter(plan -> !sentAgain(plan, person))
        .map(plan -> plan.shownOn(today))
        .toList();
  }

  /** The records under older numbers of the person of which this one took the place (rule 14). */
  List<PlanKey> replacedBy(PlanKey newer) {
    LinkedNumbers person = new Standings(sql).linked(newer.person());
    return person.newestFirst().stream()
        .filter(number -> person.newerThan(number).contains(newer.person()))
        .map(number -> new PlanKey(newer.authority(), number, newer.type()))
        .flatMap(key -> find(key).flatMap(StoredPlan::plan).stream())
        .filter(older -> sentAgain(older, person))
        .map(Plan::key)
        .toList();
  }

  /**
   * Whether the authority said the same, or anything since the merge, under a newer number. What it
   * held there before may be older than this record: a merge must not hide a child.
   */
  private boolean sentAgain(Plan plan, LinkedNumbers person) {
    NhsNumber number = plan.key().person();
    return person.newerThan(number).stream()
        .map(newer -> new PlanKey(plan.key().authority(), newer, plan.key().type()))
        .flatMap(
            key ->
                sql
                    .find(FIND_KEPT, Plans::kept, key.person(), key.authority(), key.type())
                    .stream())
        .anyMatch(
            kept ->
                kept.period().equals(plan.period())
                    || person.mergedSince(number).filter(kept.changedAt()::isBefore).isEmpty());
  }

  /** What is kept under this key, a deleted record included; empty when there never was one. */
  public Optional<StoredPlan> find(PlanKey key) {
    return sql.find(FIND, Plans::stored, key.person(), key.authority(), key.type());
  }

  /** A page of the numbers under which something is visible, in their order, after this one. */
  public SortedSet<NhsNumber> numbers(Optional<NhsNumber> after, LocalDate today, int limit) {
    String number = after.map(NhsNumber::digits).orElse("");
    return new TreeSet<>(sql.list(NUMBERS, row -> row.person("nhs_number"), number, today, limit));
  }

  /**
   * A page of what is visible of this authority's records, by NHS number and type, after the one
   * with this key (the last of the page before).
   */
  public List<Plan> holdings(
      OdsCode authority, Optional<PlanKey> after, LocalDate today, int limit) {
    String number = after.map(key -> key.person().digits()).orElse("");
    String type = after.map(key -> key.type().code()).orElse("");
    return sql.list(HOLDINGS, Plans::plan, authority, number, number, type, today, limit);
  }

  /** How many of this authority's records are visible. */
  public int countHoldings(OdsCode authority, LocalDate today) {
    return sql.one(COUNT_HOLDINGS, row -> row.integer("holdings"), authority, today);
  }

  /** Keeps the plan in place of what was under its key, a deleted one included. */
  public void put(Plan plan, Instant at) {
    Object[] values = {
      plan.period().start(),
      plan.period().end(),
      plan.lastVisibleDay(),
      plan.subject().familyName(),
      plan.subject().givenName(),
      plan.subject().dateOfBirth(),
      plan.localIdentifier(),
      plan.submission().messageId(),
      plan.submission().sequenceNumber(),
      at,
      plan.key().person(),
      plan.key().authority(),
      plan.key().type()
    };
    if (sql.update(UPDATE, values) == 0) {
      sql.updateOne(INSERT, with(values, plan.key().authority()));
    }
  }

  /**
   * Deletes a record with all it said, and keeps the trace that this submission did so (rule 12).
   * The trace is kept too where there was no record, so that a late older submission makes none.
   */
  public void delete(PlanKey key, SubmissionReference by, Instant at) {
    Object[] values = {
      by.messageId(), by.sequenceNumber(), at, key.person(), key.authority(), key.type()
    };
    if (sql.update(DELETE, values) == 0) {
      sql.updateOne(INSERT_DELETED, with(values, key.authority()));
    }
  }

  private static Object[] with(Object[] values, Object last) {
    return Stream.concat(Stream.of(values), Stream.of(last)).toArray();
  }

  private static Kept kept(Row row) throws SQLException {
    return new Kept(period(row), row.time("changed_at"));
  }

  private static StoredPlan stored(Row row) throws SQLException {
    return new StoredPlan(
        row.truth("deleted") ? Optional.empty() : Optional.of(plan(row)),
        submission(row),
        row.integer("sequence_era") < row.integer("current_era"));
  }

  private static Plan plan(Row row) throws SQLException {
    return new Plan(
        new PlanKey(
            row.organisation("authority"), row.person("nhs_number"), row.planType("plan_type")),
        period(row),
        subject(row),
        row.optionalText("local_identifier"),
        submission(row));
  }

  static PlanPeriod period(Row row) throws SQLException {
    return new PlanPeriod(row.date("start_date"), row.optionalDate("end_date"));
  }

  static Subject subject(Row row) throws SQLException {
    return new Subject(row.text("family_name"), row.text("given_name"), row.date("date_of_birth"));
  }

  static SubmissionReference submission(Row row) throws SQLException {
    return new SubmissionReference(row.messageId("message_id"), row.number("sequence_number"));
  }
}
