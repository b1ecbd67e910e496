package uk.cpis.gateway.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;

/**
 * How the last record of a page is written into the request for the next one: sealed, so that no
 * NHS number stands in the token, that nobody else can make one, and that it turns the pages of the
 * authority it was given to and of no other. The same record gives the same token. Safe to share
 * between threads.
 */
public final class PageTokens {

  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int TEXT_BYTES = "9990000018UCP".length();
  private static final int TOKEN_BYTES = NONCE_BYTES + TEXT_BYTES + TAG_BITS / Byte.SIZE;
  private static final Pattern KEY = Pattern.compile("([0-9]{10})([A-Z]{3})");

  private final SecretKeySpec sealing;
  private final byte[] forNonces;

  /** Takes 32 bytes that only the gateway knows; with others its tokens are worth nothing. */
  public PageTokens(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret of page tokens has 32 bytes");
    }
    this.sealing = new SecretKeySpec(authenticated(secret, "sealing"), "AES");
    this.forNonces = authenticated(secret, "nonces");
  }

  String write(PlanKey last) {
    String text = last.person().digits() + last.type().code();
    byte[] nonce =
        Arrays.copyOf(authenticated(forNonces, last.authority() + "/" + text), NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, last.authority()).doFinal(ascii(text));
      byte[] token =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a page token cannot be sealed", e);
    }
  }

  /** The record a token stands for; empty when this authority was not given it. */
  Optional<PlanKey> read(String token, OdsCode authority) {
    Matcher key = KEY.matcher(opened(decoded(token), authority));
    if (!key.matches()) {
      return Optional.empty();
    }
    Optional<PlanType> type = PlanType.ofCode(key.group(2));
    return NhsNumber.of(key.group(1))
        .flatMap(number -> type.map(plan -> new PlanKey(authority, number, plan)));
  }

  private String opened(byte[] token, OdsCode authority) {
    if (token.length != TOKEN_BYTES) {
      return "";
    }
    byte[] nonce = Arrays.copyOf(token, NONCE_BYTES);
    try {
      byte[] opened =
          cipher(Cipher.DECRYPT_MODE, nonce, authority)
              .doFinal(token, NONCE_BYTES, token.length - NONCE_BYTES);
      return new String(opened, StandardCharsets.US_ASCII);
    } catch (AEADBadTagException forged) {
      return "";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a page token cannot be opened", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, OdsCode authority) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(ascii(authority.value()));
    return cipher;
  }

  private static byte[] decoded(String token) {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static byte[] authenticated(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(ascii(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
