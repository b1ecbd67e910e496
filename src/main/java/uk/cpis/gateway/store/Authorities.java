package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;

/** The local authorities, their telephones, and how far their submissions have come. */
public final class Authorities {

  private static final String FIND =
      """
      SELECT * FROM local_authority WHERE code = ?
      """;
  private static final String ALL =
      """
      SELECT * FROM local_authority ORDER BY code
      """;
  private static final String INSERT =
      """
      INSERT INTO local_authority
        (code, name, region, emergency_duty_telephone, office_telephone,
         registered_emergency, registered_office)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_SEQUENCE =
      """
      INSERT INTO submission_sequence (authority) VALUES (?)
      """;
  private static final String RENAME =
      """
      UPDATE local_authority SET name = ?, region = ? WHERE code = ?
      """;
  private static final String SET_REGISTERED =
      """
      UPDATE local_authority SET registered_emergency = ?, registered_office = ? WHERE code = ?
      """;
  private static final String SET_CONTACTS =
      """
      UPDATE local_authority SET emergency_duty_telephone = ?, office_telephone = ? WHERE code = ?
      """;
  private static final String TAKE_TURN =
      """
      UPDATE submission_sequence SET last_number = last_number WHERE authority = ?
      """;
  private static final String LAST_SEQUENCE =
      """
      SELECT last_number FROM submission_sequence WHERE authority = ?
      """;
  private static final String LAST_SEQUENCES =
      """
      SELECT authority, last_number FROM submission_sequence ORDER BY authority WITH UR
      """;
  private static final String FORGOTTEN =
      """
      SELECT forgotten_number FROM submission_sequence WHERE authority = ?
      """;
  private static final String FORGET =
      """
      UPDATE submission_sequence SET forgotten_number = ?
      WHERE authority = ? AND era = ? AND (forgotten_number IS NULL OR forgotten_number < ?)
      """;
  private static final String SET_LAST_SEQUENCE =
      """
      UPDATE submission_sequence SET last_number = ? WHERE authority = ?
      """;
  private static final String RESET_SEQUENCE =
      """
      UPDATE submission_sequence SET era = era + 1, last_number = NULL, forgotten_number = NULL
      WHERE authority = ?
      """;
  private static final String WITH_NOTED_WAY =
      """
      SELECT code, pushed FROM local_authority WHERE pushed IS NOT NULL
      """;
  private static final String NOTE_WAY =
      """
      UPDATE local_authority SET pushed = ? WHERE code = ?
      """;

  private final Sql sql;

  Authorities(Sql sql) {
    this.sql = sql;
  }

  /**
   * Registers an authority, or registers it anew; where nothing differs, nothing is written, and no
   * query waits. The telephones count only where the registration states others than it did last
   * time: the newest of registration and submission wins (cpis.md §2).
   */
  public void register(LocalAuthority authority) {
    Optional<Known> found = sql.find(FIND, Known::of, authority.code());
    if (found.isEmpty()) {
      insert(authority);
      return;
    }
    Known before = found.get();
    if (!before.isCalled(authority)) {
      sql.updateOne(RENAME, authority.name(), authority.region(), authority.code());
    }
    if (!before.registered().equals(authority.contacts())) {
      set(SET_REGISTERED, authority.code(), authority.contacts());
      set(SET_CONTACTS, authority.code(), authority.contacts());
    }
  }

  /** An authority as it is, and the telephones that it was registered with last. */
  private record Known(LocalAuthority now, Contacts registered) {

    static Known of(Row row) throws SQLException {
      return new Known(authority(row), contacts(row, "registered_emergency", "registered_office"));
    }

    boolean isCalled(LocalAuthority other) {
      return now.name().equals(other.name()) && now.region().equals(other.region());
    }
  }

  private void insert(LocalAuthority authority) {
    Contacts contacts = authority.contacts();
    sql.updateOne(
        INSERT,
        authority.code(),
        authority.name(),
        authority.region(),
        contacts.emergencyDutyTeam(),
        contacts.officeHours(),
        contacts.emergencyDutyTeam(),
        contacts.officeHours());
    sql.updateOne(INSERT_SEQUENCE, authority.code());
  }

  public Optional<LocalAuthority> find(OdsCode code) {
    return sql.find(FIND, Authorities::authority, code);
  }

  /** Every authority, by code. */
  public List<LocalAuthority> all() {
    return sql.list(ALL, Authorities::authority);
  }

  /**
   * Sets the telephones that answers show from now on. Every query about this authority's people
   * waits for the commit, so it does nothing where they are the same, and belongs at the end of a
   * transaction.
   */
  public void setContacts(OdsCode code, Contacts contacts) {
    boolean changed =
        find(code).map(authority -> !authority.contacts().equals(contacts)).orElse(true);
    if (changed) {
      set(SET_CONTACTS, code, contacts);
    }
  }

  private void set(String statement, OdsCode code, Contacts contacts) {
    sql.updateOne(statement, contacts.emergencyDutyTeam(), contacts.officeHours(), code);
  }

  /**
   * Waits until no other submission of this authority is being applied, and keeps others waiting
   * until the end of this transaction; queries do not wait. The number of the last submission
   * applied, as it then stands.
   */
  public OptionalLong takeTurn(OdsCode code) {
    sql.updateOne(TAKE_TURN, code);
    return lastSequence(code);
  }

  /** The number of the last submission applied; none before the first. */
  public OptionalLong lastSequence(OdsCode code) {
    return sql.one(LAST_SEQUENCE, row -> row.optionalNumber("last_number"), code);
  }

  /** The same of every authority, for people to look at: it waits for nobody. */
  public SortedMap<OdsCode, OptionalLong> lastSequences() {
    SortedMap<OdsCode, OptionalLong> last = new TreeMap<>(Comparator.comparing(OdsCode::value));
    sql.list(
            LAST_SEQUENCES,
            row -> Map.entry(row.organisation("authority"), row.optionalNumber("last_number")))
        .forEach(each -> last.put(each.getKey(), each.getValue()));
    return last;
  }

  /**
   * The highest number of the present sequence that was applied to a record of which nothing is
   * left, not even the trace of a deletion: what was sent up to it may be older than what was
   * forgotten, so it makes no record (rule 18). None as long as nothing was forgotten.
   */
  public OptionalLong forgottenNumber(OdsCode code) {
    return sql.one(FORGOTTEN, row -> row.optionalNumber("forgotten_number"), code);
  }

  /** Keeps that nothing is left of a record to which this number of that era was applied. */
  void forget(OdsCode code, long number, int era) {
    sql.update(FORGET, number, code, era, number);
  }

  public void setLastSequence(OdsCode code, long number) {
    sql.updateOne(SET_LAST_SEQUENCE, number, code);
  }

  /**
   * Has the authority's numbers begin anew: none counts as used, and no record as newer than what
   * is sent from now on (rule 18). False when there is no such authority.
   */
  public boolean resetSequence(OdsCode code) {
    return sql.update(RESET_SEQUENCE, code) == 1;
  }

  /** Whether each authority was pushed to when it was noted last; without those never noted. */
  public Map<OdsCode, Boolean> pushed() {
    return sql
        .list(WITH_NOTED_WAY, row -> Map.entry(row.organisation("code"), row.truth("pushed")))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Notes how this authority's notifications are brought to it from now on. */
  public void notePushed(OdsCode code, boolean pushed) {
    sql.updateOne(NOTE_WAY, pushed, code);
  }

  private static LocalAuthority authority(Row row) throws SQLException {
    return new LocalAuthority(
        row.organisation("code"),
        row.text("name"),
        row.text("region"),
        contacts(row, "emergency_duty_telephone", "office_telephone"));
  }

  private static Contacts contacts(Row row, String emergency, String office) throws SQLException {
    return new Contacts(new Telephone(row.text(emergency)), row.optionalTelephone(office));
  }
}
