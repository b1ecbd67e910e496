package uk.cpis.gateway.store;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Telephone;

/** The current row of a result, read as values of the domain: the inverse of how they are bound. */
final class Row {

  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  /** A calendar of one's own: a shared one would be changed by other threads. */
  static Calendar utc() {
    return Calendar.getInstance(UTC);
  }

  String text(String column) throws SQLException {
    return results.getString(column);
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(results.getString(column));
  }

  Optional<byte[]> optionalBytes(String column) throws SQLException {
    return Optional.ofNullable(results.getBytes(column));
  }

  int integer(String column) throws SQLException {
    return results.getInt(column);
  }

  long number(String column) throws SQLException {
    return results.getLong(column);
  }

  /** The number in the only column. */
  long first() throws SQLException {
    return results.getLong(1);
  }

  OptionalLong optionalNumber(String column) throws SQLException {
    long number = results.getLong(column);
    return results.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  boolean truth(String column) throws SQLException {
    return results.getBoolean(column);
  }

  Instant time(String column) throws SQLException {
    return results.getTimestamp(column, utc()).toInstant();
  }

  Optional<Instant> optionalTime(String column) throws SQLException {
    return Optional.ofNullable(results.getTimestamp(column, utc())).map(Timestamp::toInstant);
  }

  LocalDate date(String column) throws SQLException {
    return results.getDate(column).toLocalDate();
  }

  Optional<LocalDate> optionalDate(String column) throws SQLException {
    return Optional.ofNullable(results.getDate(column)).map(Date::toLocalDate);
  }

  UUID uuid(String column) throws SQLException {
    return UUID.fromString(text(column));
  }

  Optional<UUID> optionalUuid(String column) throws SQLException {
    return optionalText(column).map(UUID::fromString);
  }

  MessageId messageId(String column) throws SQLException {
    return new MessageId(uuid(column));
  }

  NotificationId notificationId(String column) throws SQLException {
    return new NotificationId(uuid(column));
  }

  NhsNumber person(String column) throws SQLException {
    return new NhsNumber(text(column));
  }

  Optional<NhsNumber> optionalPerson(String column) throws SQLException {
    return optionalText(column).map(NhsNumber::new);
  }

  OdsCode organisation(String column) throws SQLException {
    return new OdsCode(text(column));
  }

  Optional<OdsCode> optionalOrganisation(String column) throws SQLException {
    return optionalText(column).map(OdsCode::new);
  }

  Asid asid(String column) throws SQLException {
    return new Asid(text(column));
  }

  PlanType planType(String column) throws SQLException {
    return optionalPlanType(column).orElseThrow();
  }

  Optional<PlanType> optionalPlanType(String column) throws SQLException {
    return optionalText(column).flatMap(PlanType::ofCode);
  }

  Optional<Telephone> optionalTelephone(String column) throws SQLException {
    return optionalText(column).map(Telephone::new);
  }
}
