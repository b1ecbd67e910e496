package uk.cpis.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The salts of the records of one seal, out of one secret of it: who is shown the salt of one
 * record learns nothing of another's.
 */
public final class Salts {

  /** How many random bytes the secret of a seal has. */
  public static final int SECRET_BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  private final Mac mac;

  public Salts(byte[] secret) {
    try {
      mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The salt of the record with this number. */
  public byte[] of(long number) {
    return mac.doFinal(("salt " + number).getBytes(StandardCharsets.US_ASCII));
  }
}
