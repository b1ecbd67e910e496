package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;

/** How what is owed is written: one row for the authority, and one for each of its records. */
final class OwedRows {

  static final String INSERT =
      """
      INSERT INTO owed_notification
        (id, kind, cause, authority, owed_number, number, made_at, nhs_number, other_number,
         settled)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, false)
      """;
  static final String INSERT_RECORD =
      """
      INSERT INTO owed_record
        (notification, position, plan_type, start_date, end_date, active,
         family_name, given_name, date_of_birth, local_identifier, message_id, sequence_number,
         nhs_number)
      VALUES (?, ?, ?, ?, ?, ?,  ?, ?, ?, ?, ?, ?,  ?)
      """;

  /** What happened, whoever is told of it. */
  record What(
      NotificationKind kind,
      UUID cause,
      Instant madeAt,
      NhsNumber person,
      Optional<NhsNumber> otherNumber) {

    static What access(UUID access, Instant at, NhsNumber person) {
      return new What(NotificationKind.ACCESS, access, at, person, Optional.empty());
    }
  }

  private OwedRows() {}

  static Object[] values(What what, OdsCode authority, Optional<OwedNumbers> numbers) {
    return new Object[] {
      NotificationId.of(what.cause(), authority),
      what.kind(),
      what.cause(),
      authority,
      numbers.map(OwedNumbers::owed),
      numbers.map(OwedNumbers::ofAuthority),
      what.madeAt(),
      what.person(),
      what.otherNumber()
    };
  }

  static List<Object[]> recordValues(NotificationId id, List<NotifiedRecord> records) {
    return IntStream.range(0, records.size())
        .mapToObj(position -> recordValues(id, position, records.get(position)))
        .toList();
  }

  private static Object[] recordValues(NotificationId id, int position, NotifiedRecord record) {
    Plan plan = record.plan();
    return new Object[] {
      id,
      position,
      plan.key().type(),
      plan.period().start(),
      plan.period().end(),
      record.active(),
      plan.subject().familyName(),
      plan.subject().givenName(),
      plan.subject().dateOfBirth(),
      plan.localIdentifier(),
      plan.submission().messageId(),
      plan.submission().sequenceNumber(),
      plan.key().person()
    };
  }
}
