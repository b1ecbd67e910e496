package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;

/**
 * Records past their last visible day (rule 6), and the traces of deleted ones. Whoever purges has
 * the authority's turn first, so that no submission of it is at work on the same rows.
 */
public final class OutlivedPlans {

  private static final String AUTHORITY_PAST =
      """
      SELECT authority FROM plan --DERBY-PROPERTIES index=plan_by_last_visible_day
      WHERE last_visible_day < ?
      ORDER BY last_visible_day
      FETCH FIRST ROW ONLY
      """;
  private static final String PAST =
      """
      SELECT nhs_number, authority, plan_type
      FROM plan --DERBY-PROPERTIES index=plan_by_last_visible_day
      WHERE last_visible_day < ? AND authority = ?
      ORDER BY last_visible_day
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String AUTHORITY_OF_TRACE =
      """
      SELECT authority FROM plan --DERBY-PROPERTIES index=plan_traces
      WHERE deleted = true AND changed_at < ?
      ORDER BY changed_at
      FETCH FIRST ROW ONLY
      """;
  private static final String TRACES =
      """
      SELECT nhs_number, authority, plan_type FROM plan --DERBY-PROPERTIES index=plan_traces
      WHERE deleted = true AND changed_at < ? AND authority = ?
      ORDER BY changed_at
      FETCH FIRST ? ROWS ONLY
      """;
  private static final String APPLIED =
      """
      SELECT sequence_number, sequence_era FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number = ? AND authority = ? AND plan_type = ? AND deleted = ?
      """;
  private static final String REMOVE =
      """
      DELETE FROM plan WHERE nhs_number = ? AND authority = ? AND plan_type = ? AND deleted = ?
      """;
  private static final String HELD =
      """
      SELECT nhs_number FROM plan --DERBY-PROPERTIES constraint=plan_pk
      WHERE nhs_number = ? AND deleted = false
      FETCH FIRST ROW ONLY
      """;

  private record Applied(long number, int era) {}

  private final Sql sql;

  OutlivedPlans(Sql sql) {
    this.sql = sql;
  }

  /** Whose record has been past its last visible day for longest; empty when none is. */
  public Optional<OdsCode> authorityPast(LocalDate today) {
    return sql.find(AUTHORITY_PAST, row -> row.organisation("authority"), today);
  }

  /** Records of this authority past their last visible day, those for longest first. */
  public List<PlanKey> past(OdsCode authority, LocalDate today, int limit) {
    return sql.list(PAST, OutlivedPlans::key, today, authority, limit);
  }

  /** Whose trace of a deleted record has been there for longest, of those from before. */
  public Optional<OdsCode> authorityOfTrace(Instant before) {
    return sql.find(AUTHORITY_OF_TRACE, row -> row.organisation("authority"), before);
  }

  /** Traces of this authority's records that were deleted before. */
  public List<PlanKey> traces(OdsCode authority, Instant before, int limit) {
    return sql.list(TRACES, OutlivedPlans::key, before, authority, limit);
  }

  /**
   * The records under older numbers of the person of which this one took the place: they go with
   * it, or they would come back to the answers (rules 6 and 14).
   */
  public List<PlanKey> replacedBy(PlanKey key) {
    return new Plans(sql).replacedBy(key);
  }

  /** Removes a record; false when there is none. Its submission's number counts as forgotten. */
  public boolean removeRecord(PlanKey key) {
    return remove(key, false);
  }

  /** Removes the trace of a deleted record; false when there is none. */
  public boolean removeTrace(PlanKey key) {
    return remove(key, true);
  }

  private boolean remove(PlanKey key, boolean deleted) {
    Object[] which = {key.person(), key.authority(), key.type(), deleted};
    Optional<Applied> applied = sql.find(APPLIED, OutlivedPlans::applied, which);
    if (applied.isEmpty()) {
      return false;
    }
    sql.updateOne(REMOVE, which);
    if (key.type() == PlanType.UNBORN) {
      new Births(sql).forget(key.person(), key.authority());
    }
    new Authorities(sql).forget(key.authority(), applied.get().number(), applied.get().era());
    return true;
  }

  /** Whether any authority holds a record under this number, shown or not. */
  public boolean held(NhsNumber number) {
    return sql.find(HELD, row -> true, number).isPresent();
  }

  private static Applied applied(Row row) throws SQLException {
    return new Applied(row.number("sequence_number"), row.integer("sequence_era"));
  }

  private static PlanKey key(Row row) throws SQLException {
    return new PlanKey(
        row.organisation("authority"), row.person("nhs_number"), row.planType("plan_type"));
  }
}
