package uk.cpis.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as it was captured: the envelope alone, or the whole HTTP request it came in.
 *
 * @param path where it was posted, without the leading slash
 * @param charset what the Content-Type stated
 * @param soapAction the SOAPAction header
 */
public record CapturedMessage(
    byte[] envelope, Optional<String> path, Optional<String> charset, Optional<String> soapAction) {

  private static final Pattern REQUEST =
      Pattern.compile("POST +/?([^ ?]*)[^\n]*HTTP/1\\.[01]\r?\n");
  private static final Pattern END_OF_HEAD = Pattern.compile("\r?\n\r?\n");
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_HEAD = 16_384;

  /** Takes the bytes apart, where they begin like an HTTP request. */
  public static CapturedMessage of(byte[] bytes) {
    String head =
        new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_HEAD)),
            StandardCharsets.ISO_8859_1);
    Matcher request = REQUEST.matcher(head);
    Matcher end = END_OF_HEAD.matcher(head);
    if (!request.lookingAt() || !end.find()) {
      return new CapturedMessage(bytes, Optional.empty(), Optional.empty(), Optional.empty());
    }
    String headers = head.substring(0, end.start());
    return new CapturedMessage(
        Arrays.copyOfRange(bytes, end.end(), bytes.length),
        Optional.of(request.group(1)),
        header(headers, "Content-Type").flatMap(CapturedMessage::charsetIn),
        header(headers, "SOAPAction"));
  }

  private static Optional<String> header(String headers, String name) {
    return headers
        .lines()
        .filter(
            line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static Optional<String> charsetIn(String contentType) {
    Matcher charset = CHARSET.matcher(contentType);
    return charset.find() ? Optional.of(charset.group(1)) : Optional.empty();
  }
}
