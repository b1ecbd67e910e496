package uk.cpis.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record as a line of a file holds it, a character for a byte.
 *
 * @param salt empty when the record was not sealed
 * @param leaf empty when the record was not sealed, and in a proof, where it is not needed
 */
record RecordLine(long number, Optional<String> salt, Optional<String> leaf, String record) {

  // DOTALL: a byte of many letters (0x85 in UTF-8) would end a line for a dot.
  private static final String HEX = "([0-9a-f]{64}|-)";
  private static final Pattern LINE =
      Pattern.compile(
          "record " + Seal.NUMBER + " " + HEX + " " + HEX + " (\\{\"number\":([0-9]{1,19}),.*\\})",
          Pattern.DOTALL);
  private static final Pattern EVENT =
      Pattern.compile(
          "\\{\"number\":[0-9]+,\"id\":\"[^\"]*\",\"happened_at\":\"([^\"]*)\","
              + "\"event\":\"([A-Z_]+)\",\"outcome\":\"([^\"]*)\".*",
          Pattern.DOTALL);

  /** What a record says of itself, as far as the check has to know. */
  record Event(Instant at, String name, String outcome) {}

  /** The record that stands in this line, if one can be read there. */
  static Optional<RecordLine> read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || !parts.group(1).equals(parts.group(5))) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordLine(
            Long.parseLong(parts.group(1)),
            given(parts.group(2)),
            given(parts.group(3)),
            parts.group(4)));
  }

  private static Optional<String> given(String hex) {
    return hex.equals("-") ? Optional.empty() : Optional.of(hex);
  }

  /** The leaf that salt and record really have. */
  Optional<byte[]> ownLeaf() {
    return salt.map(
        hex ->
            MerkleTree.leaf(
                HexFormat.of().parseHex(hex), record.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Whether it is as it was sealed, if the leaf beside it is. */
  boolean matchesItsLeaf() {
    return ownLeaf().map(HexFormat.of()::formatHex).equals(leaf);
  }

  Optional<Event> event() {
    Matcher parts = EVENT.matcher(record);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Event(Instant.parse(parts.group(1)), parts.group(2), parts.group(3)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
