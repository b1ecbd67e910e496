package uk.cpis.gateway.evidence;

import java.util.OptionalLong;

/**
 * What is wrong with evidence.
 *
 * @param record the number of the record, where it is one
 * @param text the same in words; nothing of what records hold
 */
public record Finding(Kind kind, OptionalLong record, String text) {

  /** In what way it is wrong. */
  public enum Kind {
    /** It is not as it was sealed. */
    ALTERED,
    /** It was sealed, or its number was given, and it is not there. */
    MISSING,
    /** It does not stand in its place. */
    REORDERED,
    /** It was not sealed. */
    INSERTED,
    /** It went before its time, or nothing says that it went. */
    EXPIRED_UNLAWFULLY,
    /** A seal is not as it was made, not there, or not in its place. */
    SEAL,
    /** A seal is signed by a key that is not among those given. */
    UNKNOWN_KEY,
    /** The end is missing: nobody knows what followed. */
    CUT_SHORT,
    /** It is not what was seen before. */
    NOT_AS_BEFORE,
    /** The file as a whole is not as it was written. */
    FILE
  }

  static Finding of(Kind kind, String text) {
    return new Finding(kind, OptionalLong.empty(), text);
  }

  static Finding of(Kind kind, long record, String text) {
    return new Finding(kind, OptionalLong.of(record), text);
  }
}
