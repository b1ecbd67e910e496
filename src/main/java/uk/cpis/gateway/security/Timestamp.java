package uk.cpis.gateway.security;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** When a message was created and until when it may be accepted, as it states. */
record Timestamp(Instant created, Instant expires) {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  static Timestamp read(Element element) {
    Timestamp read = new Timestamp(time(element, "Created"), time(element, "Expires"));
    require(Elements.children(element).size() == 2, "more than Created and Expires in it");
    return read;
  }

  /**
   * Refuses what has expired, is dated ahead, or claims too long a life; skew favours the sender.
   */
  void check(Freshness freshness, Instant now) {
    String found =
        "created %s, expires %s, now %s, %d s after it was created"
            .formatted(created, expires, now, Duration.between(created, now).toSeconds());
    RefusalException.unless(created.isBefore(expires), RefusalCause.TIMESTAMP, found);
    RefusalException.unless(
        !created.isAfter(now.plus(freshness.skew())), RefusalCause.TIMESTAMP_IN_FUTURE, found);
    RefusalException.unless(
        expires.isAfter(now.minus(freshness.skew())), RefusalCause.TIMESTAMP_EXPIRED, found);
    RefusalException.unless(
        !expires.isAfter(created.plus(freshness.longestLife())),
        RefusalCause.TIMESTAMP_TOO_LONG,
        found);
  }

  private static Instant time(Element timestamp, String name) {
    List<Element> found = Elements.children(timestamp, Names.WSU, name);
    require(!found.isEmpty(), "no " + name);
    require(found.size() == 1, name + " " + found.size() + " times");
    boolean plain = Elements.hasElementsOnly(timestamp) && Elements.hasTextOnly(found.get(0));
    require(plain, "elements or text beside the time");
    String text = Elements.text(found.get(0));
    require(DATE_TIME.matcher(text).matches(), name + " in another form than 2026-01-31T12:00:00Z");
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw RefusalException.of(RefusalCause.TIMESTAMP, name + " that is no time");
    }
  }

  private static void require(boolean holds, String found) {
    RefusalException.unless(holds, RefusalCause.TIMESTAMP, found);
  }
}
