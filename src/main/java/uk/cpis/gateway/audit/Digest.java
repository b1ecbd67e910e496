package uk.cpis.gateway.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Binds an audit record to a text that stands elsewhere. */
public final class Digest {

  /** As many hexadecimal digits as an outcome may have. */
  private static final int DIGITS = 40;

  private Digest() {}

  /** The beginning of the SHA-256 of this text in UTF-8: 40 hexadecimal digits. */
  public static String beginning(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }

  /** The SHA-256 of these bytes, in hexadecimal digits. */
  static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
