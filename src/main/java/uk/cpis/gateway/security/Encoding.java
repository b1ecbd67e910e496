package uk.cpis.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a message strictly: three encodings, and whatever is stated in the HTTP header, the byte
 * order mark and the XML declaration must agree with the bytes.
 */
final class Encoding {
  private static final Map<String, Charset> ALLOWED =
      Map.of(
          "utf-8", UTF_8,
          "utf8", UTF_8,
          "utf-16", UTF_16,
          "utf-16le", UTF_16LE,
          "utf-16be", UTF_16BE,
          "iso-8859-1", ISO_8859_1,
          "latin1", ISO_8859_1);
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml[^>]{0,100}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final String ORDER_MARK = "\uFEFF";
  private static final int DECLARATION_LENGTH = 200;

  private Encoding() {}

  /** The text of a message, without a byte order mark, and what it was read as. */
  record Decoded(String text, Charset charset) {

    /** A declaration may be longer than what was looked at before the text was read. */
    void mustBeDeclared(@Nullable String encoding) {
      mustAgree(Optional.ofNullable(encoding).map(Encoding::allowed), charset);
    }
  }

  /** What the bytes say. */
  static Decoded decode(byte[] bytes, Optional<String> httpCharset) {
    Optional<Charset> stated = httpCharset.map(Encoding::allowed);
    Charset charset = seen(bytes).or(() -> stated).or(() -> declared(bytes)).orElse(UTF_8);
    mustAgree(stated, charset);
    boolean oneByteFirst = bytes.length > 1 && bytes[0] == '<' && bytes[1] != 0;
    mustBeTrue(!oneByteFirst || !family(charset).equals(UTF_16));
    String text = strictly(charset, bytes);
    mustAgree(declared(text), charset);
    mustBeTrue(!text.startsWith(ORDER_MARK)); // A second one, which the parser would skip.
    return new Decoded(text, charset);
  }

  /** The encoding that a byte order mark, or a first character of two bytes, shows. */
  private static Optional<Charset> seen(byte[] bytes) {
    int first = bytes.length < 2 ? 0x3C20 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return switch (first) {
      case 0xFEFF, 0x003C -> Optional.of(UTF_16BE);
      case 0xFFFE, 0x3C00 -> Optional.of(UTF_16LE);
      case 0xEFBB -> Optional.of(UTF_8);
      default -> Optional.empty();
    };
  }

  private static Optional<Charset> declared(byte[] bytes) {
    return declared(new String(bytes, 0, Math.min(bytes.length, DECLARATION_LENGTH), ISO_8859_1));
  }

  private static Optional<Charset> declared(String text) {
    Matcher matcher =
        DECLARED.matcher(text.substring(0, Math.min(text.length(), DECLARATION_LENGTH)));
    return matcher.find() ? Optional.of(allowed(matcher.group(1))) : Optional.empty();
  }

  private static Charset allowed(String name) {
    Charset charset = ALLOWED.get(name.toLowerCase(Locale.ROOT));
    RefusalException.unless(charset != null, RefusalCause.ENCODING, "another encoding stated");
    return charset;
  }

  private static void mustAgree(Optional<Charset> stated, Charset used) {
    mustBeTrue(stated.isEmpty() || family(stated.get()).equals(family(used)));
  }

  private static void mustBeTrue(boolean asStated) {
    RefusalException.unless(asStated, RefusalCause.ENCODING, "one encoding stated, another used");
  }

  /** UTF-16 is one encoding, whichever byte comes first. */
  private static Charset family(Charset charset) {
    return charset.equals(UTF_16LE) || charset.equals(UTF_16BE) ? UTF_16 : charset;
  }

  private static String strictly(Charset charset, byte[] bytes) {
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith(ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw RefusalException.of(RefusalCause.ENCODING, "bytes that are not " + charset);
    }
  }
}
