package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;

/** What was registered when somebody looked last, and what each change changed. */
public final class RegisteredForms {

  private static final String ALL =
      """
      SELECT kind, subject, form FROM registration
      """;
  private static final String DELETE =
      """
      DELETE FROM registration WHERE kind = ? AND subject = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO registration (kind, subject, form) VALUES (?, ?, ?)
      """;
  private static final String INSERT_CHANGE =
      """
      INSERT INTO registration_change (audit_record, kind, subject, before_lines, after_lines)
      VALUES (?, ?, ?, ?, ?)
      """;
  private static final String CHANGE =
      """
      SELECT kind, subject, before_lines, after_lines
      FROM registration_change --DERBY-PROPERTIES constraint=registration_change_pk
      WHERE audit_record = ?
      """;

  // Bounded above, as each scan over the audit.
  private static final String AUDITED =
      """
      SELECT id, number, outcome
      FROM audit_record --DERBY-PROPERTIES constraint=audit_record_number
      WHERE number >= ? AND number <= ? AND number < 9223372036854775807
        AND event IN (%s)
      ORDER BY number
      """
          .formatted(
              RegistrationChange.EVENTS.stream()
                  .map(event -> "'" + event + "'")
                  .collect(Collectors.joining(", ")));

  private final Sql sql;

  RegisteredForms(Sql sql) {
    this.sql = sql;
  }

  /** The form of each as it was last seen. */
  public Map<Registered, String> all() {
    Map<Registered, String> forms = new TreeMap<>();
    sql.list(ALL, row -> Map.entry(registered(row), row.text("form")))
        .forEach(each -> forms.put(each.getKey(), each.getValue()));
    return forms;
  }

  /** Has this be what was seen last. */
  public void put(Registered registered, Optional<String> form) {
    sql.update(DELETE, registered.kind(), registered.subject());
    form.ifPresent(text -> sql.updateOne(INSERT, registered.kind(), registered.subject(), text));
  }

  /** Has all of these be what was seen first. */
  public void begin(Map<Registered, String> forms) {
    List<Object[]> rows =
        forms.entrySet().stream()
            .map(
                each ->
                    new Object[] {each.getKey().kind(), each.getKey().subject(), each.getValue()})
            .toList();
    sql.batch(INSERT, rows);
  }

  /** Keeps what an audited change changed. */
  public void changed(UUID auditRecord, RegistrationChange change) {
    sql.updateOne(
        INSERT_CHANGE,
        auditRecord,
        change.registered().kind(),
        change.registered().subject(),
        change.before(),
        change.after());
  }

  /** What the change changed that this audit record speaks of. */
  public Optional<RegistrationChange> change(UUID auditRecord) {
    return sql.find(
        CHANGE,
        row ->
            new RegistrationChange(
                registered(row), row.optionalText("before_lines"), row.optionalText("after_lines")),
        auditRecord);
  }

  /**
   * What stands beside an audited change, whatever that is.
   *
   * @param digest by which the record names it
   * @param text empty when nothing stands there
   */
  public record Beside(long number, String digest, Optional<String> text) {}

  /** What stands beside the audited changes from one number to another. */
  public List<Beside> beside(long first, long last) {
    return sql.list(AUDITED, this::beside, first, last);
  }

  private Beside beside(Row audited) throws SQLException {
    Optional<String> text =
        sql.find(
            CHANGE,
            row ->
                RegistrationChange.text(
                    row.text("kind"),
                    row.text("subject"),
                    row.optionalText("before_lines"),
                    row.optionalText("after_lines")),
            audited.text("id"));
    return new Beside(audited.number("number"), audited.text("outcome"), text);
  }

  private static Registered registered(Row row) throws SQLException {
    return new Registered(Registered.Kind.valueOf(row.text("kind")), row.text("subject"));
  }
}
