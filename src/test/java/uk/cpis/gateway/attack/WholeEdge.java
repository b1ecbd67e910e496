package uk.cpis.gateway.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.endpoint.LocalDoors;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * Gives bytes to the whole edge and what stands behind it, and looks at what became of them. The
 * first byte chooses what they are: all that comes over the connection, a message in a request, or
 * what somebody signs who has a key: a whole envelope, or what its body holds. The second chooses
 * who sends it, and what. For one thread.
 */
final class WholeEdge implements AutoCloseable {

  static final byte CONNECTION = 0;
  static final byte MESSAGE = 1;
  static final byte ENVELOPE = 2;
  static final byte PAYLOAD = 3;
  private static final int WAYS = 4;

  private static final List<String> TYPES =
      List.of(
          "text/xml",
          "text/xml; charset=utf-8",
          "text/xml; charset=utf-16",
          "text/xml; charset=iso-8859-1",
          "text/xml; charset=utf-7");

  private static final Duration LONG = Duration.ofSeconds(1);
  private static final int LOOKS_EACH = 4;
  private static final int MOST_EFFECTS = 1_000;
  private static final String NOT_FORESEEN = "CPG-801";
  private static final List<String> INSIDE =
      List.of("uk.cpis.", "org.apache.", "org.eclipse.", "java.lang", "Exception", "\tat ", "cvc-");

  /** What a message may only change that was verified and answered. */
  private static final List<String> ROWS =
      List.of(
          "audit_record WHERE event <> 'MESSAGE_REFUSED'",
          "shown_access",
          "owed_notification",
          "plan",
          "submission",
          "remembered_message");

  private final Path folder;
  private int stores;
  private int effects;
  private int looked;
  private LocalDoors doors;
  private RowCount count;
  private List<Long> rows;

  WholeEdge(Path folder) {
    this.folder = folder;
    open();
  }

  private void open() {
    Path own = folder.resolve("fuzz" + stores++);
    OwnerOnly.folder(own);
    doors = LocalDoors.open(own);
    count = new RowCount(own.resolve("store"), ROWS);
    rows = count.now();
    effects = 0;
  }

  /** Throws what it finds. */
  void judge(byte[] data) {
    if (data.length < 2) {
      return;
    }
    Kind kind = Kind.values()[data[1] & 7];
    String type = TYPES.get((data[1] >> 3 & 31) % TYPES.size());
    byte[] rest = Arrays.copyOfRange(data, 2, data.length);
    Optional<byte[]> message = message(data[0], kind, rest);
    boolean whole = Math.floorMod(data[0], WAYS) == CONNECTION;
    if (whole || message.isPresent()) {
      byte[] bytes = whole ? rest : request(kind, type, message.orElseThrow());
      judge(kind, type, bytes, message);
    }
  }

  private void judge(Kind kind, String type, byte[] bytes, Optional<byte[]> message) {
    long start = System.nanoTime();
    String answer = answer(kind, bytes);
    if (Duration.ofNanos(System.nanoTime() - start).compareTo(LONG) > 0) {
      long again = System.nanoTime();
      answer(kind, bytes);
      must(System.nanoTime() - again < LONG.toNanos(), "it takes long, twice");
    }
    boolean done = answer.startsWith("HTTP/1.1 200");
    must(!answer.contains(NOT_FORESEEN), "something that was not foreseen");
    must(done || INSIDE.stream().noneMatch(answer::contains), "a word about the inside");
    must(!answer.startsWith("HTTP/1.1 500") || answer.contains("CPG-"), "a failure without a code");
    List<Long> now =
        answer.contains("HTTP/1.1 200") || looked++ % LOOKS_EACH == 0 ? count.now() : rows;
    boolean changed = !now.equals(rows);
    rows = now;
    must(!changed || answer.contains("HTTP/1.1 200"), "an effect of what was refused");
    message
        .filter(each -> done)
        .ifPresent(each -> must(verified(kind, type, each), "an answer to what is not verified"));
    effects += changed ? 1 : 0;
    if (effects > MOST_EFFECTS) {
      close();
      open();
    }
  }

  private String answer(Kind kind, byte[] bytes) {
    return new String(doors.exchange(kind.system(), bytes), StandardCharsets.ISO_8859_1);
  }

  private boolean verified(Kind kind, String type, byte[] message) {
    return Judge.cause(
            doors.verifier(kind.limits()),
            kind,
            LocalDoors.ADDRESS + kind.path(),
            Hostile.of(message, type))
        .isEmpty();
  }

  private Optional<byte[]> message(byte way, Kind kind, byte[] rest) {
    String text = new String(rest, StandardCharsets.UTF_8);
    return switch (Math.floorMod(way, WAYS)) {
      case MESSAGE -> Optional.of(rest);
      case ENVELOPE -> signed(kind, filled(kind, text));
      case PAYLOAD -> signed(kind, enveloped(kind, text));
      default -> Optional.empty();
    };
  }

  private String enveloped(Kind kind, String payload) {
    return filled(kind, envelope(kind, payload));
  }

  /** An envelope with blanks for what is not the same on each machine and at each time. */
  static String envelope(Kind kind, String payload) {
    return Draft.envelope(
        Draft.security(Draft.timestamp("@NOW@", "@THEN@") + Draft.tokenOf("@TOKEN@"))
            + Draft.header("Action", kind.interaction().action())
            + Draft.header("MessageID", "@ID@")
            + Draft.header("To", LocalDoors.ADDRESS + kind.path()),
        "<soap:Body wsu:Id=\"Body\">" + payload + "</soap:Body>");
  }

  /** The same content has the same id, so that it is the same message again. */
  private String filled(Kind kind, String text) {
    UUID id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return text.replace("@TOKEN@", Draft.encoded(kind.system().signing().certificate()))
        .replace("@ID@", "urn:uuid:" + id)
        .replace("@NOW@", doors.now().toString())
        .replace("@THEN@", doors.now().plusSeconds(300).toString());
  }

  private static Optional<byte[]> signed(Kind kind, String text) {
    if (text.toUpperCase(Locale.ROOT).contains("<!DOCTYPE")) {
      return Optional.empty();
    }
    try {
      Pen pen = Pen.of(kind.system().signing().keyMaterial());
      return Optional.of(pen.sign(text).getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException nobodyCouldSignThat) {
      return Optional.empty();
    }
  }

  private static byte[] request(Kind kind, String type, byte[] message) {
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(kind.path(), type, message.length);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(message);
    return request.toByteArray();
  }

  private static void must(boolean holds, String finding) {
    if (!holds) {
      throw new IllegalStateException("finding: " + finding);
    }
  }

  @Override
  public void close() {
    count.close();
    doors.close();
  }
}
