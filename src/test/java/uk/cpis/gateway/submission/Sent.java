package uk.cpis.gateway.submission;

import java.util.Optional;
import uk.cpis.gateway.domain.SubmittedRecord;

/** Records as authorities send them: a good one, and the same with one value changed. */
record Sent(
    String localIdentifier,
    String number,
    String type,
    String start,
    String end,
    String family,
    String given,
    String born) {

  /** Łucja's child protection plan, without an end. */
  static Sent good() {
    return new Sent(
        "case-1", "9990000018", "CPP", "2025-01-31", "", "Ó Briain", "Łucja", "2015-03-14");
  }

  Sent withLocalIdentifier(String value) {
    return new Sent(value, number, type, start, end, family, given, born);
  }

  Sent withNumber(String value) {
    return new Sent(localIdentifier, value, type, start, end, family, given, born);
  }

  Sent withType(String value) {
    return new Sent(localIdentifier, number, value, start, end, family, given, born);
  }

  Sent withStart(String value) {
    return new Sent(localIdentifier, number, type, value, end, family, given, born);
  }

  Sent withEnd(String value) {
    return new Sent(localIdentifier, number, type, start, value, family, given, born);
  }

  Sent withFamily(String value) {
    return new Sent(localIdentifier, number, type, start, end, value, given, born);
  }

  Sent withGiven(String value) {
    return new Sent(localIdentifier, number, type, start, end, family, value, born);
  }

  Sent withBorn(String value) {
    return new Sent(localIdentifier, number, type, start, end, family, given, value);
  }

  /** As the gateway reads it; an empty value stands for one that is not there. */
  SubmittedRecord record() {
    return new SubmittedRecord(
        text(localIdentifier),
        text(number),
        text(type),
        text(start),
        text(end),
        text(family),
        text(given),
        text(born));
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
