package uk.cpis.gateway.store;

/** The key of the encrypted store: 16, 24 or 32 bytes. Its text is redacted. */
public record EncryptionKey(String hex) {

  /** Takes 32, 48 or 64 hexadecimal digits in either case. */
  public EncryptionKey {
    if (!hex.matches("[0-9a-fA-F]{32}|[0-9a-fA-F]{48}|[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "an encryption key is 32, 48 or 64 hexadecimal digits (128, 192 or 256 bits)");
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
