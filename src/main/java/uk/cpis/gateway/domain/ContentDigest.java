package uk.cpis.gateway.domain;

/**
 * SHA-256, in lower-case hexadecimal, of the exclusive canonical form of the Body's single child:
 * what makes two messages with one id the same message (cpis.md §4).
 */
public record ContentDigest(String hex) {

  /** Takes 64 lower-case hexadecimal digits. */
  public ContentDigest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a content digest is 64 hexadecimal digits");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
