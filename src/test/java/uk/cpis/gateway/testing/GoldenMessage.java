package uk.cpis.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.MessageId;

/**
 * One request as a real toolkit sent it over TLS, byte for byte: request line, headers and body.
 * Who made them and how is told in {@code src/test/resources/golden/README.md}.
 *
 * @param toolkit its name and version
 * @param habit what is particular about the message
 * @param sent everything, as it came
 */
public record GoldenMessage(String toolkit, String habit, byte[] sent) {
  /** By which address the gateway was known when they were made, without a path. */
  public static final String GATEWAY = "https://localhost:8443";

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\\s\";]+)");

  /** All of them, in the order of their names. */
  public static List<GoldenMessage> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".http"))
          .sorted()
          .map(GoldenMessage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file beside the messages. */
  public static Path beside(String name) {
    return FOLDER.resolve(name);
  }

  private static GoldenMessage read(Path file) {
    try {
      String name = file.getFileName().toString();
      return new GoldenMessage(
          file.getParent().getFileName().toString(),
          name.substring(0, name.length() - ".http".length()),
          Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Request line and headers, without the empty line. */
  public String head() {
    return octets().substring(0, octets().indexOf("\r\n\r\n"));
  }

  /** The value of a header, where it was sent. */
  public Optional<String> header(String name) {
    return head()
        .lines()
        .filter(
            line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** What the Content-Type says of the encoding. */
  public Optional<String> charset() {
    Matcher matcher = CHARSET.matcher(header("Content-Type").orElse(""));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The message itself, out of its chunks. */
  public byte[] body() {
    byte[] body = octets().substring(head().length() + 4).getBytes(ISO_8859_1);
    return header("Transfer-Encoding").isPresent() ? unchunked(body) : body;
  }

  /** The message as text. */
  public String text() {
    return new String(body(), encoding());
  }

  /** What the text is encoded in. */
  public Charset encoding() {
    return charset().map(GoldenMessage::named).orElse(UTF_8);
  }

  /** The path that it was sent to. */
  public String path() {
    return head().split(" ", 3)[1];
  }

  public Instant created() {
    return time("Created");
  }

  public Instant expires() {
    return time("Expires");
  }

  /** The wsa:MessageID; all zeros where it has none. */
  public MessageId id() {
    Matcher matcher = Pattern.compile("<[\\w-]+:MessageID[^>]*>\\s*([^<]+)<").matcher(text());
    return matcher.find()
        ? MessageId.ofWire(matcher.group(1)).orElseThrow()
        : new MessageId(new UUID(0, 0));
  }

  /** Whether it must be refused. */
  public boolean refused() {
    return habit.startsWith("refused-");
  }

  @Override
  public String toString() {
    return toolkit + ": " + habit;
  }

  private Instant time(String name) {
    Matcher matcher = Pattern.compile("<(?:\\w+:)?" + name + ">([^<]+)<").matcher(text());
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in " + this);
    }
    return OffsetDateTime.parse(matcher.group(1).strip()).toInstant();
  }

  private String octets() {
    return new String(sent, ISO_8859_1);
  }

  private static Charset named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "utf-16" -> UTF_16;
      case "iso-8859-1" -> ISO_8859_1;
      default -> UTF_8;
    };
  }

  private static byte[] unchunked(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(body, ISO_8859_1);
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line).split(";")[0].strip(), 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      whole.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
