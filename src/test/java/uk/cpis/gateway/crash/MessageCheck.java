package uk.cpis.gateway.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.crash.ClientLog.Request;

/**
 * Holds a part of the messages that partners sent against the rows that messages with the same ids
 * left: I1 to I4 and I7.
 */
final class MessageCheck {

  private static final Duration CLOCKS = Duration.ofSeconds(2);

  /** What the store has of these messages; what is owed is by its access. */
  record Rows(
      List<StoreLook.Access> accesses,
      List<StoreLook.Message> remembered,
      List<StoreLook.Message> submissions,
      List<StoreLook.Message> acknowledged,
      Map<String, List<StoreLook.Owed>> owed) {}

  private final Collection<Request> requests;
  private final Map<String, Request> byMessage = new HashMap<>();
  private final Rows store;
  private final Instant rememberedSince;
  private final Findings findings;
  private final Map<String, List<StoreLook.Access>> accesses;

  MessageCheck(
      Collection<Request> requests, Rows store, Instant rememberedSince, Findings findings) {
    this.requests = requests;
    this.store = store;
    this.rememberedSince = rememberedSince;
    this.findings = findings;
    this.accesses =
        store.accesses().stream()
            .collect(Collectors.groupingBy(each -> each.asid() + " " + each.messageId()));
    requests.forEach(each -> byMessage.put(each.asid() + " " + each.id(), each));
  }

  void check() {
    queries();
    accessesNobodySent();
    submissions();
  }

  /** How many queries were answered. */
  long in() {
    return requests.stream().filter(MessageCheck::answeredQuery).count();
  }

  /** How many accesses these have. */
  long recorded() {
    return requests.stream()
        .filter(MessageCheck::answeredQuery)
        .mapToLong(each -> accesses.getOrDefault(each.asid() + " " + each.id(), List.of()).size())
        .sum();
  }

  private static boolean answeredQuery(Request request) {
    return request.kind() == Kind.QUERY && request.answered();
  }

  private void queries() {
    Set<String> remembered = messages(store.remembered());
    for (Request query : requests) {
      if (query.kind() == Kind.QUERY) {
        String key = query.asid() + " " + query.id();
        List<StoreLook.Access> rows = accesses.getOrDefault(key, List.of());
        if (query.answered() && rows.size() != 1) {
          broken("I1 answered, but has not one access", query.id() + " has " + rows.size());
        } else if (query.unknown() && rows.size() > 1) {
          broken("I3 of unknown end, but has several accesses", query.id());
        } else if (!query.answered() && !query.unknown() && !rows.isEmpty()) {
          broken("I1 refused, but has an access", query.id());
        }
        rows.forEach(row -> access(query, row, store.owed().getOrDefault(row.id(), List.of())));
        if (!rows.isEmpty() && recent(rows.get(0).at()) && !remembered.contains(key)) {
          broken("I7 recorded, but the message is not remembered", query.id());
        }
      }
    }
  }

  private void access(Request query, StoreLook.Access row, List<StoreLook.Owed> owed) {
    if (!row.number().equals(query.about()) || !row.user().equals(query.user())) {
      broken("I1 the access is of another person or user", query.id());
    }
    Instant last =
        query.ends().stream().map(ClientLog.End::at).max(Instant::compareTo).orElse(Instant.MAX);
    if (row.at().isBefore(query.firstSent().minus(CLOCKS))
        || (query.answered() && row.at().isAfter(last.plus(CLOCKS)))) {
      broken("I1 the access is of another time", query.id());
    }
    Set<String> told = owed.stream().map(StoreLook.Owed::authority).collect(Collectors.toSet());
    if (told.size() != owed.size()) {
      broken("I2 an authority is told twice of one access", query.id());
    }
    String inStore = told.isEmpty() ? "-" : String.join("+", new TreeSet<>(told));
    if (!query.expected().equals("?") && !query.expected().equals(inStore)) {
      broken(
          "I2 other authorities are owed than have a visible record",
          query.id() + " expected " + query.expected() + " has " + inStore);
    }
    if (!query.answers().stream().allMatch(inStore::equals)) {
      broken(
          "I2 the answer names other authorities than are owed",
          query.id() + " answered " + query.answers() + " owed " + inStore);
    }
    if ((row.found() > 0) == told.isEmpty()) {
      broken("I2 found and owed do not agree", query.id());
    }
  }

  private void accessesNobodySent() {
    accesses.forEach(
        (key, rows) -> {
          Request request = byMessage.get(key);
          if (request == null || request.kind() != Kind.QUERY) {
            broken("I1 an access that nobody asked for", rows.get(0).id());
          }
        });
  }

  private void submissions() {
    Map<String, List<StoreLook.Message>> rows = grouped(store.submissions(), MessageCheck::key);
    Map<String, List<StoreLook.Message>> audited = grouped(store.acknowledged(), MessageCheck::key);
    for (Request sent : requests) {
      if (sent.kind() == Kind.UPDATE || sent.kind() == Kind.DELETE) {
        String key = sent.asid() + " " + sent.id();
        int applied = audited.getOrDefault(key, List.of()).size();
        if (sent.answered() ? applied != 1 : applied > (sent.unknown() ? 1 : 0)) {
          broken("I4 not applied just once", sent.id() + " was applied " + applied + " times");
        }
        if (sent.answers().size() > 1) {
          broken("I7 sent again and acknowledged otherwise", sent.id() + " " + sent.answers());
        }
        if (sent.answered() && recent(sent.firstSent()) && !rows.containsKey(key)) {
          broken("I7 acknowledged, but the acknowledgement is not kept", sent.id());
        }
      }
    }
    Stream.of(rows, audited)
        .flatMap(each -> each.keySet().stream())
        .filter(key -> !byMessage.containsKey(key))
        .distinct()
        .forEach(key -> broken("I4 a submission that nobody sent", key));
    store.remembered().stream()
        .map(MessageCheck::key)
        .filter(key -> !byMessage.containsKey(key))
        .forEach(key -> broken("I7 a message that nobody sent is remembered", key));
  }

  private boolean recent(Instant at) {
    return at.isAfter(rememberedSince);
  }

  private void broken(String invariant, String ids) {
    findings.broken(invariant, ids);
  }

  private static String key(StoreLook.Message message) {
    return message.asid() + " " + message.messageId();
  }

  private static Set<String> messages(List<StoreLook.Message> messages) {
    return messages.stream().map(MessageCheck::key).collect(Collectors.toSet());
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
    return all.stream().collect(Collectors.groupingBy(by));
  }
}
