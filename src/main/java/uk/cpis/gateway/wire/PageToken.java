package uk.cpis.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;

/** How the last record of a page is written into the request for the next one. */
final class PageToken {

  private static final Pattern KEY = Pattern.compile("([A-Z0-9]{3,12})/([0-9]{10})/([A-Z]{3})");

  private PageToken() {}

  static String write(PlanKey key) {
    String text = key.authority() + "/" + key.person().digits() + "/" + key.type().code();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The record a token stands for, empty when this gateway cannot have made it. */
  static Optional<PlanKey> read(String token) {
    Matcher key = KEY.matcher(decoded(token));
    if (!key.matches()) {
      return Optional.empty();
    }
    Optional<NhsNumber> person = NhsNumber.of(key.group(2));
    Optional<PlanType> type = PlanType.ofCode(key.group(3));
    return person.flatMap(
        number -> type.map(plan -> new PlanKey(new OdsCode(key.group(1)), number, plan)));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "not base64";
    }
  }
}
