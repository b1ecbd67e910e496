package uk.cpis.gateway.refusals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.RefusalCount;

/**
 * What waits to be written: every refusal counted, so many of each certificate and minute whole.
 * Certificates beyond so many in a minute are counted as one. Safe to share between threads.
 */
final class Unwritten {

  private static final int WHOLE_A_MINUTE = 30;
  private static final int MOST_WHOLE = 2_000;
  private static final int MOST_COUNTS = 2_000;
  private static final String OTHERS = "others";

  private record Kind(Instant minute, String certificate, String cause) {}

  private final Map<Kind, Long> counts = new HashMap<>();
  private final Map<String, Integer> wholeOfMinute = new HashMap<>();
  private Instant minuteOfWhole = Instant.MIN;
  private List<KeptRefusal> whole = new ArrayList<>();

  /** What was taken to be written. */
  record Taken(List<RefusalCount> counts, List<KeptRefusal> refusals) {

    boolean isEmpty() {
      return counts.isEmpty();
    }

    /** The same, each by itself. */
    List<Taken> single() {
      return Stream.concat(
              counts.stream().map(each -> new Taken(List.of(each), List.of())),
              refusals.stream().map(each -> new Taken(List.of(), List.of(each))))
          .toList();
    }
  }

  synchronized void add(KeptRefusal refusal, Instant minute, String certificate) {
    count(minute, certificate, refusal.note().cause());
    if (!minute.equals(minuteOfWhole)) {
      minuteOfWhole = minute;
      wholeOfMinute.clear();
    }
    if (whole.size() < MOST_WHOLE
        && wholeOfMinute.merge(certificate, 1, Integer::sum) <= WHOLE_A_MINUTE) {
      whole.add(refusal);
    }
  }

  synchronized void count(Instant minute, String certificate, String cause) {
    add(new Kind(minute, certificate, cause), 1);
  }

  private void add(Kind kind, long count) {
    boolean room = counts.size() < MOST_COUNTS || counts.containsKey(kind);
    counts.merge(room ? kind : new Kind(kind.minute(), OTHERS, OTHERS), count, Long::sum);
  }

  synchronized Taken take() {
    List<RefusalCount> taken =
        counts.entrySet().stream()
            .map(
                each ->
                    new RefusalCount(
                        each.getKey().minute(),
                        each.getKey().certificate(),
                        each.getKey().cause(),
                        each.getValue()))
            .toList();
    Taken all = new Taken(taken, List.copyOf(whole));
    counts.clear();
    whole = new ArrayList<>();
    return all;
  }

  /** Takes back what could not be written, as far as there is room. */
  synchronized void putBack(Taken taken) {
    taken
        .counts()
        .forEach(
            each -> add(new Kind(each.minute(), each.certificate(), each.cause()), each.count()));
    taken.refusals().stream().limit((long) MOST_WHOLE - whole.size()).forEach(whole::add);
  }
}
