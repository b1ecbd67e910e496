package uk.cpis.gateway.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The signed end of an exported audit: how much it holds, and the digest of all before it. */
record End(
    long seals,
    long records,
    String lastSeal,
    String digest,
    Instant at,
    String key,
    String signature) {

  private static final String COUNT = "(0|[1-9][0-9]{0,17})";
  private static final Pattern LINE =
      Pattern.compile(
          String.join(
              " ",
              "end",
              COUNT,
              COUNT,
              Seal.HASH,
              Seal.HASH,
              Seal.TIME,
              Seal.HASH,
              Seal.SIGNATURE));

  static String signed(
      long seals, long records, String lastSeal, String digest, Instant at, String key) {
    return "end " + seals + " " + records + " " + lastSeal + " " + digest + " " + at + " " + key;
  }

  static Optional<End> read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      End end =
          new End(
              Long.parseLong(parts.group(1)),
              Long.parseLong(parts.group(2)),
              parts.group(3),
              parts.group(4),
              Instant.parse(parts.group(5)),
              parts.group(6),
              parts.group(7));
      return Optional.of(end).filter(each -> each.line().equals(line));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String signed() {
    return signed(seals, records, lastSeal, digest, at, key);
  }

  private String line() {
    return signed() + " " + signature;
  }

  boolean signedBy(TrustedKeys keys) {
    return keys.signed(key, signed(), signature);
  }
}
