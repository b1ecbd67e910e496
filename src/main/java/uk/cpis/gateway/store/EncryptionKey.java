package uk.cpis.gateway.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of the encrypted store: 16, 24 or 32 bytes. Its text is redacted. */
public record EncryptionKey(String hex) {

  /** Takes 32, 48 or 64 hexadecimal digits in either case. */
  public EncryptionKey {
    if (!hex.matches("[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "an encryption key is 32, 48 or 64 hexadecimal digits (128, 192 or 256 bits)");
    }
  }

  /**
   * Another secret of 32 bytes for this purpose, the same after each start, from which neither this
   * key nor that of another purpose can be found.
   */
  public byte[] secretFor(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(hex), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  int bits() {
    return hex.length() * 4;
  }

  @Override
  public String toString() {
    return "EncryptionKey[redacted]";
  }
}
