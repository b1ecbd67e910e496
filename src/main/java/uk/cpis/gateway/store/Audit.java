package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.SignedRequest;

/** What happened and who caused it: rows are added and numbered, never changed. */
public final class Audit {

  static final String INSERT =
      """
      INSERT INTO audit_record
        (id, number, happened_at, event, outcome,
         asid, transport_certificate, signing_certificate, remote_address,
         organisation, message_id, nhs_number, plan_type,
         author_kind, user_key, role_profile_id, job_role_code, job_role_name,
         staff_title, staff_given_name, staff_family_name,
         author_organisation, author_organisation_name, author_telephone,
         access_mode, care_setting, ring_back, records_found, shown, operator,
         revocation_unknown, request, request_signature)
      VALUES (?, ?, ?, ?, ?,  ?, ?, ?, ?,  ?, ?, ?, ?,
        ?, ?, ?, ?, ?,  ?, ?, ?,  ?, ?, ?,  ?, ?, ?, ?, ?, ?,  ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT * FROM audit_record --DERBY-PROPERTIES constraint=audit_record_pk
      WHERE id = ?
      """;
  // The upper bound keeps the scan from waiting for rows that are being added without a number:
  // they stand behind it.
  private static final String AFTER =
      """
      SELECT * FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number > ? AND number < 9223372036854775807
      ORDER BY number
      FETCH FIRST ? ROWS ONLY
      """;

  /** The columns of accesses only, in an entry that is none. */
  private static final Object[] NO_ACCESS = Collections.nCopies(5, Optional.empty()).toArray();

  /** Of an operator's act that was recorded before its place was. */
  private static final String UNKNOWN = "unknown";

  private static final String FOUND = "FOUND";
  private static final String NOTHING_FOUND = "NOTHING_FOUND";

  private final Sql sql;
  private final Unnumbered unnumbered;

  Audit(Sql sql, Unnumbered unnumbered) {
    this.sql = sql;
    this.unnumbered = unnumbered;
  }

  /** Adds an entry together with the effects of this transaction. */
  public void append(AuditEntry entry) {
    sql.updateOne(INSERT, values(entry, Optional.empty()));
    KeptMessages.values(entry).ifPresent(values -> sql.updateOne(KeptMessages.INSERT, values));
    unnumbered.audited(entry.id());
  }

  public Optional<AuditRecord> find(UUID id) {
    return sql.find(FIND, Audit::auditRecord, id);
  }

  /** The numbered entries after this number, accesses included, in their order. */
  public List<AuditRecord> after(long number, int limit) {
    return sql.list(AFTER, Audit::auditRecord, number, limit);
  }

  static Object[] values(AuditEntry entry, Optional<Long> number) {
    return concat(
        general(entry, number),
        AuthorColumns.values(entry.author()),
        NO_ACCESS,
        new Object[] {entry.operator().map(Operator::name), unknown(entry)},
        request(entry.origin().flatMap(AuditEntry.Origin::request)));
  }

  static Object[] values(Access access, long number, boolean shown) {
    return concat(
        general(entry(access), Optional.of(number)),
        AuthorColumns.values(Optional.of(access.author())),
        new Object[] {
          access.mode(),
          access.setting(),
          access.ringBack(),
          access.recordsFound(),
          shown,
          Optional.empty(),
          unknown(entry(access))
        },
        request(access.sender().request()));
  }

  private static Object[] request(Optional<SignedRequest> request) {
    return new Object[] {
      request.map(SignedRequest::digest), request.flatMap(SignedRequest::signature)
    };
  }

  /** Null, but for what was let in while revocation was unknown. */
  private static Optional<Boolean> unknown(AuditEntry entry) {
    return entry.origin().map(AuditEntry.Origin::revocationUnknown).filter(unknown -> unknown);
  }

  static AuditEntry entry(Access access) {
    return new AuditEntry(
        access.id(),
        access.at(),
        AuditEvent.QUERY_ANSWERED,
        access.recordsFound() > 0 ? FOUND : NOTHING_FOUND,
        Optional.of(AuditEntry.Origin.of(access.sender())),
        Optional.of(access.author().organisation().code()),
        Optional.of(access.messageId()),
        Optional.of(access.person()),
        Optional.empty(),
        Optional.of(access.author()));
  }

  /** From where: of a message its connection, of an operator's act his. */
  private static Optional<String> place(AuditEntry entry) {
    return entry.operator().map(Operator::place);
  }

  private static Object[] general(AuditEntry entry, Optional<Long> number) {
    return new Object[] {
      entry.id(),
      number,
      entry.at(),
      entry.event(),
      entry.outcome(),
      entry.origin().map(AuditEntry.Origin::asid),
      entry.origin().map(AuditEntry.Origin::transport),
      entry.origin().map(AuditEntry.Origin::signing),
      entry.origin().map(AuditEntry.Origin::remoteAddress).or(() -> place(entry)),
      entry.organisation(),
      entry.messageId(),
      entry.person(),
      entry.planType()
    };
  }

  private static Object[] concat(Object[]... parts) {
    return Stream.of(parts).flatMap(Stream::of).toArray();
  }

  private static AuditRecord auditRecord(Row row) throws SQLException {
    return new AuditRecord(row.optionalNumber("number"), entry(row));
  }

  private static AuditEntry entry(Row row) throws SQLException {
    return new AuditEntry(
        row.uuid("id"),
        row.time("happened_at"),
        AuditEvent.valueOf(row.text("event")),
        row.text("outcome"),
        origin(row),
        row.optionalOrganisation("organisation"),
        row.optionalUuid("message_id").map(MessageId::new),
        row.optionalPerson("nhs_number"),
        row.optionalPlanType("plan_type"),
        AuthorColumns.read(row),
        operator(row));
  }

  private static Optional<Operator> operator(Row row) throws SQLException {
    String place = row.optionalText("remote_address").orElse(UNKNOWN);
    return row.optionalText("operator").map(name -> new Operator(name, place));
  }

  private static Optional<AuditEntry.Origin> origin(Row row) throws SQLException {
    if (row.optionalText("asid").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditEntry.Origin(
            row.asid("asid"),
            new CertificateFingerprint(row.text("transport_certificate")),
            new CertificateFingerprint(row.text("signing_certificate")),
            row.text("remote_address"),
            row.truth("revocation_unknown")));
  }
}
