package uk.cpis.gateway.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.datatype.XMLGregorianCalendar;
import uk.cpis.gateway.contract.notification.AccessCountsType;
import uk.cpis.gateway.contract.notification.NotifiedRecordType;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.SubjectType;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;

/** The turns of phrase that all follow-up tasks share: people, plans, days and times. */
final class TaskWording {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm", Locale.UK);

  private TaskWording() {}

  /** The person by name, number and birthday. */
  static String person(SubjectType subject) {
    return subject.getGivenName()
        + " "
        + subject.getFamilyName()
        + " (NHS number "
        + number(subject.getNhsNumber())
        + ", born "
        + day(subject.getDateOfBirth())
        + ")";
  }

  static String number(String digits) {
    return new NhsNumber(digits).spaced();
  }

  /** One line for each record. */
  static String plans(List<NotifiedRecordType> records) {
    return records.stream().map(record -> "  " + plan(record)).collect(Collectors.joining("\n"));
  }

  private static String plan(NotifiedRecordType record) {
    String type = record.getPlanType().value();
    String kind = PlanType.ofCode(type).map(PlanType::description).orElse(type);
    String until =
        Optional.ofNullable(record.getEndDate()).map(end -> " to " + day(end)).orElse("");
    String reference =
        Optional.ofNullable(record.getLocalIdentifier())
            .map(identifier -> ", your reference " + identifier)
            .orElse("");
    return record.getStatus().value()
        + ": "
        + kind
        + " from "
        + day(record.getStartDate())
        + until
        + reference;
  }

  /** As in "3 accesses at 2 sites in 1 region"; regions only where one is known. */
  static String counted(AccessCountsType counts) {
    String regions =
        counts.getRegions() == 0 ? "" : " in " + number(counts.getRegions(), "region", "regions");
    return number(counts.getAccesses(), "access", "accesses")
        + " at "
        + number(counts.getSites(), "site", "sites")
        + regions;
  }

  private static String number(int number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }

  static boolean anyActive(List<NotifiedRecordType> records) {
    return records.stream().anyMatch(record -> record.getStatus() == PlanStatusCode.ACTIVE);
  }

  static Instant moment(XMLGregorianCalendar time) {
    return time.toGregorianCalendar().toInstant();
  }

  /** As in "21 November 2026 at 2:10am". */
  static String time(Instant at) {
    var there = at.atZone(LONDON);
    return DAY.format(there) + " at " + TIME.format(there) + (there.getHour() < 12 ? "am" : "pm");
  }

  private static String day(XMLGregorianCalendar day) {
    return DAY.format(LocalDate.of(day.getYear(), day.getMonth(), day.getDay()));
  }
}
