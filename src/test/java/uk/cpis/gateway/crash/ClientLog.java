package uk.cpis.gateway.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.MessageId;

/**
 * What partners sent and what came back, written down outside of the gateway: a line before a
 * message is sent, and a line when its end is known. Safe to share between threads.
 */
public final class ClientLog {

  /** How a message ended, for its sender. */
  public enum Ending {
    /** A signed answer. */
    ANSWERED,
    /** A signed fault that the same message would get again. */
    REFUSED,
    /** Refused before it was read: nothing was done. */
    NOT_TAKEN,
    /** No answer, or a fault of the gateway's own: it may have been done or not. */
    UNKNOWN
  }

  /** What kinds of message are told apart. */
  public enum Kind {
    QUERY,
    UPDATE,
    DELETE,
    ACKNOWLEDGE
  }

  /**
   * One message, however often it was sent.
   *
   * @param about an NHS number, or the authority
   * @param user who asked; of queries
   * @param expected the authorities that must be named; "?" where the sender did not know
   */
  public record Request(
      String id,
      Kind kind,
      String asid,
      String about,
      String user,
      String expected,
      Instant firstSent,
      List<End> ends,
      int[] sendings) {

    /** Whether one of its sendings was answered. */
    public boolean answered() {
      return ends.stream().anyMatch(end -> end.ending() == Ending.ANSWERED);
    }

    /** Whether it may have been done, though nobody was told. */
    public boolean unknown() {
      return !answered()
          && (ends.size() < sendings[0]
              || ends.stream().anyMatch(end -> end.ending() == Ending.UNKNOWN));
    }

    /** What the answers said; more than one is a fault of the gateway. */
    public Set<String> answers() {
      Set<String> answers = new TreeSet<>();
      ends.stream()
          .filter(end -> end.ending() == Ending.ANSWERED)
          .forEach(end -> answers.add(end.detail()));
      return answers;
    }
  }

  /** How one sending ended. */
  public record End(Instant at, Ending ending, String detail) {}

  private final AppendedFile file;

  public ClientLog(Path file) {
    this.file = new AppendedFile(file);
  }

  /** Before a message is sent, for the first time or again. */
  public void sending(
      MessageId id,
      Kind kind,
      String asid,
      String about,
      String user,
      String expected,
      Instant at) {
    file.add("SENT", id, kind, asid, about, user, expected, at);
  }

  /** When its end is known. */
  public void ended(MessageId id, Ending ending, String detail, Instant at) {
    file.add("ENDED", id, ending, detail, at);
  }

  /** All messages so far, in their order. */
  public Map<String, Request> requests() {
    return read(file.file());
  }

  /** The messages of a log. */
  public static Map<String, Request> read(Path file) {
    return read(file, id -> true);
  }

  /** Those with these ids. */
  static Map<String, Request> read(Path file, Predicate<String> ids) {
    Map<String, Request> requests = new LinkedHashMap<>();
    try (Stream<String[]> lines = AppendedFile.lines(file)) {
      lines.filter(line -> ids.test(line[1])).forEach(line -> add(requests, line));
    }
    return requests;
  }

  private static void add(Map<String, Request> requests, String[] line) {
    if (line[0].equals("SENT")) {
      requests.computeIfAbsent(
              line[1],
              id ->
                  new Request(
                      id,
                      Kind.valueOf(line[2]),
                      line[3].intern(),
                      line[4].intern(),
                      line[5],
                      line[6].intern(),
                      Instant.parse(line[7]),
                      new ArrayList<>(1),
                      new int[1]))
          .sendings()[0]++;
    } else {
      requests
          .get(line[1])
          .ends()
          .add(new End(Instant.parse(line[4]), Ending.valueOf(line[2]), line[3].intern()));
    }
  }
}
