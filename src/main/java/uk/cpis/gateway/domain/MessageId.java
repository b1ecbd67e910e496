package uk.cpis.gateway.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a message, compared without prefix and case: {@code uuid:} or {@code urn:uuid:} and a
 * UUID on the wire (cpis.md §4).
 */
public record MessageId(UUID uuid) {

  private static final Pattern WIRE =
      Pattern.compile(
          "(?:urn:)?uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
          Pattern.CASE_INSENSITIVE);

  /** The id a {@code wsa:MessageID} states, empty when it has another form. */
  public static Optional<MessageId> ofWire(String text) {
    Matcher matcher = WIRE.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new MessageId(UUID.fromString(matcher.group(1).toLowerCase(Locale.ROOT))))
        : Optional.empty();
  }

  /** The form this gateway writes: {@code urn:uuid:} and the UUID in lower case. */
  public String urn() {
    return "urn:uuid:" + uuid;
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
