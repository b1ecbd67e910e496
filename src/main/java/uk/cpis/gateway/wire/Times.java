package uk.cpis.gateway.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/**
 * Dates and times on the wire: times in UTC with Z and milliseconds; of dates the zone, which some
 * toolkits add, is ignored (cpis.md §4).
 */
final class Times {

  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern DATE_WITH_ZONE =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})");

  private static final DatatypeFactory XML = factory();

  private Times() {}

  static XMLGregorianCalendar time(Instant at) {
    return XML.newXMLGregorianCalendar(UTC_MILLIS.format(at));
  }

  static XMLGregorianCalendar date(LocalDate day) {
    return XML.newXMLGregorianCalendar(day.toString());
  }

  /** A date that came as text: without its zone, or as it came when it is no such date. */
  static String withoutZone(String date) {
    return DATE_WITH_ZONE.matcher(date).replaceFirst("$1");
  }

  private static DatatypeFactory factory() {
    try {
      return DatatypeFactory.newInstance();
    } catch (DatatypeConfigurationException e) {
      throw new IllegalStateException("every Java platform has XML dates", e);
    }
  }
}
