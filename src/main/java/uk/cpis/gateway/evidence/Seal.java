package uk.cpis.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was sealed together: all records from one number to another, without a gap between them.
 *
 * @param number counts the seals from 1
 * @param root of the tree over the records
 * @param previous the digest of the seal before; zeros in the first one
 * @param newest when the youngest of the records happened, to the millisecond: what says how long
 *     they are to be kept
 * @param sealedAt what the clock said, or the latest that it had said while the gateway ran, where
 *     it was set back since
 * @param setBackTo what the clock said instead, where it was set back between the newest record and
 *     the seal
 * @param key the id of the key that signed it
 */
public record Seal(
    long number,
    long first,
    long last,
    String root,
    String previous,
    Instant newest,
    Instant sealedAt,
    Optional<Instant> setBackTo,
    String key,
    String signature) {

  /** By how much a record may be younger than its seal: clocks are put right by less. */
  public static final Duration SKEW = Duration.ofMinutes(1);

  /** What the first seal names as the one before. */
  public static final String NONE = "0".repeat(64);

  static final String NUMBER = "([1-9][0-9]{0,17})";
  static final String HASH = "([0-9a-f]{64})";
  static final String SIGNATURE = "([0-9a-f]{128})";
  static final String TIME = "([0-9TZ:.-]{20,24})";

  private static final Pattern LINE =
      Pattern.compile(
          String.join(
              " ",
              "seal",
              NUMBER,
              NUMBER,
              NUMBER,
              HASH,
              HASH,
              TIME,
              TIME + "(?: " + TIME + ")?",
              HASH,
              SIGNATURE));

  /** Seals these leaves, of the records from this number on. */
  public static Seal of(
      long number,
      long first,
      List<byte[]> leaves,
      String previous,
      Instant newest,
      Instant at,
      SealingKey key) {
    return of(number, first, leaves, previous, newest, at, Optional.empty(), key);
  }

  /** The same by a clock that was set back since the newest of them, to this. */
  public static Seal of(
      long number,
      long first,
      List<byte[]> leaves,
      String previous,
      Instant newest,
      Instant at,
      Optional<Instant> setBackTo,
      SealingKey key) {
    Seal unsigned =
        new Seal(
            number,
            first,
            first + leaves.size() - 1,
            HexFormat.of().formatHex(MerkleTree.root(leaves)),
            previous,
            newest,
            at.truncatedTo(ChronoUnit.MILLIS),
            setBackTo.map(clock -> clock.truncatedTo(ChronoUnit.MILLIS)),
            key.id(),
            "");
    return unsigned.with(key.sign(unsigned.signed()));
  }

  private Seal with(String signed) {
    return new Seal(number, first, last, root, previous, newest, sealedAt, setBackTo, key, signed);
  }

  /** The seal that stands in this line; empty when it is none, to the last character. */
  public static Optional<Seal> read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Seal seal =
          new Seal(
              Long.parseLong(parts.group(1)),
              Long.parseLong(parts.group(2)),
              Long.parseLong(parts.group(3)),
              parts.group(4),
              parts.group(5),
              Instant.parse(parts.group(6)),
              Instant.parse(parts.group(7)),
              Optional.ofNullable(parts.group(8)).map(Instant::parse),
              parts.group(9),
              parts.group(10));
      return Optional.of(seal).filter(each -> each.line().equals(line) && each.makesSense());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private boolean makesSense() {
    return first <= last && setBackTo.filter(clock -> !clock.isBefore(sealedAt)).isEmpty();
  }

  /** What the signature covers. */
  private String signed() {
    return String.join(
        " ",
        "seal",
        Long.toString(number),
        Long.toString(first),
        Long.toString(last),
        root,
        previous,
        newest.toString(),
        sealedAt + setBackTo.map(clock -> " " + clock).orElse(""),
        key);
  }

  /** Its one line, without the end of the line. */
  public String line() {
    return signed() + " " + signature;
  }

  /** How many records it is of. */
  public long count() {
    return last - first + 1;
  }

  /** The SHA-256 of its line, by which the next one names it. */
  public String digest() {
    return digest(line());
  }

  /** The SHA-256 of a seal's line, whatever stands in it. */
  public static String digest(String line) {
    return HexFormat.of()
        .formatHex(MerkleTree.sha256().digest(line.getBytes(StandardCharsets.ISO_8859_1)));
  }

  boolean signedBy(TrustedKeys keys) {
    return keys.signed(key, signed(), signature);
  }
}
