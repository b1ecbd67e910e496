package uk.cpis.gateway.evidence;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;

/** The key that seals: EC on P-256, signing by ECDSA with SHA-256. Its text shows its id only. */
public final class SealingKey {

  static final String ALGORITHM = "SHA256withECDSAinP1363Format";
  private static final int P256 = 256;

  /** The order of the curve, and how many digits each half of a signature has. */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final int DIGITS = 64;

  private final PrivateKey key;
  private final String id;

  /** Throws an {@link EvidenceException} for a key of another kind. */
  public SealingKey(PrivateKey key, PublicKey publicKey) {
    if (!usable(publicKey)) {
      throw new EvidenceException("a key that seals is an EC key on P-256");
    }
    this.key = key;
    this.id = id(publicKey);
  }

  /** The SHA-256 of its public half, as seals name it. */
  public String id() {
    return id;
  }

  /** Whether this is its public half. */
  public boolean isOf(PublicKey other) {
    return id.equals(id(other));
  }

  /**
   * Of (r, s) and (r, n - s), which both verify, the one that is written: so nobody can make
   * another signature of one that he has.
   */
  static boolean isLow(String signature) {
    return s(signature).compareTo(ORDER.shiftRight(1)) <= 0;
  }

  static String twin(String signature) {
    String other = ORDER.subtract(s(signature)).toString(16);
    return signature.substring(0, DIGITS) + "0".repeat(DIGITS - other.length()) + other;
  }

  private static BigInteger s(String signature) {
    return new BigInteger(signature.substring(DIGITS), 16);
  }

  static boolean usable(PublicKey key) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() == P256;
  }

  static String id(PublicKey key) {
    return HexFormat.of().formatHex(MerkleTree.sha256().digest(key.getEncoded()));
  }

  /** The signature in hexadecimal digits: one spelling only, so that no digit may change. */
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      String signed = HexFormat.of().formatHex(signature.sign());
      return isLow(signed) ? signed : twin(signed);
    } catch (GeneralSecurityException e) {
      throw new EvidenceException("the key that seals cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "SealingKey[" + id + "]";
  }
}
