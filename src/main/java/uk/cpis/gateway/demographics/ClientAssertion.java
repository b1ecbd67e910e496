package uk.cpis.gateway.demographics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The signed JSON Web Token by which the gateway says who it is (RFC 7523, RS512). */
final class ClientAssertion {

  /** Five minutes is the most that is accepted; the other side's clock may be behind. */
  private static final Duration LIFE = Duration.ofMinutes(4);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private ClientAssertion() {}

  /** A new one, good for some minutes from now, for one use. */
  static String of(ClientSettings client, UUID id, Instant now) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("alg", "RS512");
    head.put("typ", "JWT");
    head.put("kid", client.keyId());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client.client());
    claims.put("sub", client.client());
    claims.put("aud", client.address().toString());
    claims.put("jti", id.toString());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    String signed = encoded(head) + "." + encoded(claims);
    return signed + "." + BASE64.encodeToString(signature(client, signed));
  }

  private static String encoded(Map<String, Object> values) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always written", e);
    }
  }

  private static byte[] signature(ClientSettings client, String text) {
    try {
      Signature signature = Signature.getInstance("SHA512withRSA");
      signature.initSign(client.key());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key for tokens was checked at the start", e);
    }
  }
}
