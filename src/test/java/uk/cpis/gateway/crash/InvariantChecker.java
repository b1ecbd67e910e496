package uk.cpis.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.crash.ClientLog.Request;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Holds what partners wrote down against what the store has, when the gateway has delivered all and
 * has ended. The numbers of the invariants are those of the fault tests' list: I1 answered queries,
 * I2 who is told, I3 unknown endings, I4 records, I5 nothing owed is lost, I6 numbers, I7 no
 * replay, I10 no personal data in what the process prints.
 */
public final class InvariantChecker {

  private static final Duration CLOCKS = Duration.ofSeconds(2);
  private static final int MOST_NAMED = 5;

  /**
   * What is known of the records at the end.
   *
   * @param there records that must be there
   * @param either records that may be there, since nobody was told
   * @param memory how far back messages are remembered at least
   */
  public record Expected(
      Set<StoreLook.Plan> there, Set<StoreLook.Plan> either, Instant now, Duration memory) {}

  private final Collection<Request> requests;
  private final Map<String, Request> byMessage = new HashMap<>();
  private final StoreLook store;
  private final Map<String, List<AuthorityLog.Seen>> seen;
  private final Expected expected;
  private final Map<String, List<String>> broken = new LinkedHashMap<>();

  private InvariantChecker(
      Collection<Request> requests,
      StoreLook store,
      Map<String, List<AuthorityLog.Seen>> seen,
      Expected expected) {
    this.requests = requests;
    this.store = store;
    this.seen = seen;
    this.expected = expected;
    requests.forEach(each -> byMessage.put(each.asid() + " " + each.id(), each));
  }

  /** Checks everything. */
  public static Verdict check(
      Path clientLog, Path authorityLog, Path store, Expected expected, Path... outputs) {
    Map<String, List<AuthorityLog.Seen>> seen;
    try (Stream<AuthorityLog.Seen> all = AuthorityLog.read(authorityLog)) {
      seen = all.collect(Collectors.groupingBy(AuthorityLog.Seen::notification));
    }
    InvariantChecker checker =
        new InvariantChecker(
            ClientLog.read(clientLog).values(), StoreLook.into(store), seen, expected);
    return checker.verdict(outputs);
  }

  private Verdict verdict(Path... outputs) {
    Map<String, List<StoreLook.Access>> accesses =
        grouped(store.accesses(), each -> each.asid() + " " + each.messageId());
    Map<String, List<StoreLook.Owed>> owed = grouped(store.owed(), StoreLook.Owed::cause);
    queries(accesses, owed);
    accessesNobodySent(accesses);
    notifications(store.accesses().stream().map(StoreLook.Access::id).collect(Collectors.toSet()));
    numbers();
    submissions();
    records();
    Arrays.stream(outputs).forEach(this::secrets);
    return new Verdict(told(), counts(accesses));
  }

  private void queries(
      Map<String, List<StoreLook.Access>> accesses, Map<String, List<StoreLook.Owed>> owed) {
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
        rows.forEach(row -> access(query, row, owed.getOrDefault(row.id(), List.of())));
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

  private void accessesNobodySent(Map<String, List<StoreLook.Access>> accesses) {
    accesses.forEach(
        (key, rows) -> {
          Request request = byMessage.get(key);
          if (request == null || request.kind() != Kind.QUERY) {
            broken("I1 an access that nobody asked for", rows.get(0).id());
          }
        });
  }

  private void notifications(Set<String> accesses) {
    Map<String, List<StoreLook.Settlement>> settled =
        grouped(store.settlements(), StoreLook.Settlement::notification);
    Set<String> ids = new HashSet<>();
    for (StoreLook.Owed owed : store.owed()) {
      ids.add(owed.id());
      if (!accesses.contains(owed.cause())) {
        broken("I2 owed for an access that is not there", owed.id());
      }
      NotificationId right =
          NotificationId.of(UUID.fromString(owed.cause()), new OdsCode(owed.authority()));
      if (!right.toString().equals(owed.id())) {
        broken("I2 owed under another id than cause and authority give", owed.id());
      }
      if (settled.getOrDefault(owed.id(), List.of()).size() != 1 || !owed.settled()) {
        broken("I5 owed and not settled", owed.id() + " of " + owed.authority());
      }
      seen(owed, seen.getOrDefault(owed.id(), List.of()));
    }
    store.settlements().stream()
        .filter(each -> !ids.contains(each.notification()) || !each.answer().equals("ACCEPTED"))
        .forEach(each -> broken("I5 settled, but not owed or not accepted", each.notification()));
    store.deadLetters().forEach(each -> broken("I5 still a dead letter", each));
    seen.keySet().stream()
        .filter(id -> !ids.contains(id))
        .forEach(id -> broken("I2 an authority was told what nobody owes", id));
  }

  private void seen(StoreLook.Owed owed, List<AuthorityLog.Seen> looks) {
    if (looks.isEmpty()) {
      broken("I2 the authority never saw it", owed.id() + " of " + owed.authority());
      return;
    }
    if (looks.stream().map(AuthorityLog.Seen::digest).distinct().count() != 1) {
      broken("I2 the authority saw different contents", owed.id());
    }
    if (looks.stream().noneMatch(look -> look.answer().equals(AuthorityLog.ACCEPTED))
        && looks.stream().noneMatch(look -> look.answer().equals(AuthorityLog.COLLECTED))) {
      broken("I5 settled, but the authority never accepted it", owed.id());
    }
    if (looks.stream()
        .anyMatch(
            look ->
                !look.authority().equals(owed.authority())
                    || !Optional.of(look.number()).equals(owed.number()))) {
      broken("I2 seen under another number or by another authority", owed.id());
    }
  }

  private void numbers() {
    gapless("I6 the audit's numbers", store.auditNumbers(), false);
    gapless(
        "I6 the numbers of what is owed",
        store.owed().stream().map(StoreLook.Owed::owedNumber).toList(),
        true);
    grouped(store.owed(), StoreLook.Owed::authority)
        .forEach(
            (authority, owed) ->
                gapless(
                    "I6 the numbers of " + authority,
                    owed.stream().map(StoreLook.Owed::number).toList(),
                    true));
  }

  private void gapless(String what, List<Optional<Long>> numbers, boolean fromOne) {
    if (numbers.stream().anyMatch(Optional::isEmpty)) {
      broken(what + " are not all given", "");
      return;
    }
    List<Long> sorted = numbers.stream().flatMap(Optional::stream).sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      long wanted = fromOne ? i + 1 : sorted.get(0) + i;
      if (sorted.get(i) != wanted) {
        broken(what + " have a gap or a double", "at " + wanted);
        return;
      }
    }
  }

  private void submissions() {
    Map<String, List<StoreLook.Message>> rows = grouped(store.submissions(), InvariantChecker::key);
    Map<String, List<StoreLook.Message>> audited =
        grouped(store.acknowledged(), InvariantChecker::key);
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
        .map(InvariantChecker::key)
        .filter(key -> !byMessage.containsKey(key))
        .forEach(key -> broken("I7 a message that nobody sent is remembered", key));
  }

  private void records() {
    Set<StoreLook.Plan> purged =
        store.purges().stream()
            .map(each -> new StoreLook.Plan(each.number(), each.authority(), ""))
            .collect(Collectors.toSet());
    Set<StoreLook.Plan> there = new HashSet<>(store.plans());
    expected.there().stream()
        .filter(plan -> !there.contains(plan))
        .filter(plan -> !purged.contains(new StoreLook.Plan(plan.number(), plan.authority(), "")))
        .forEach(plan -> broken("I4 a record was acknowledged and is lost", "" + plan));
    there.stream()
        .filter(plan -> !expected.there().contains(plan) && !expected.either().contains(plan))
        .forEach(plan -> broken("I4 a record is there that nobody was told of", "" + plan));
  }

  private void secrets(Path output) {
    if (Files.notExists(output)) {
      return;
    }
    try {
      String text = Files.readString(output);
      Children.secrets()
          .filter(text::contains)
          .limit(1)
          .forEach(secret -> broken("I10 personal data in", output.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean recent(Instant at) {
    return at.isAfter(expected.now().minus(expected.memory()));
  }

  private void broken(String invariant, String ids) {
    broken.computeIfAbsent(invariant, each -> new ArrayList<>()).add(ids);
  }

  private List<String> told() {
    return broken.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + ": "
                    + each.getValue().stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (each.getValue().size() > MOST_NAMED
                        ? " and " + (each.getValue().size() - MOST_NAMED) + " more"
                        : ""))
        .toList();
  }

  private String counts(Map<String, List<StoreLook.Access>> accesses) {
    long in = requests.stream().filter(InvariantChecker::answeredQuery).count();
    long recorded =
        requests.stream()
            .filter(InvariantChecker::answeredQuery)
            .mapToLong(
                each -> accesses.getOrDefault(each.asid() + " " + each.id(), List.of()).size())
            .sum();
    return "%d in = %d recorded (and %d of unknown end), %d owed = %d acknowledged, %d submissions"
        .formatted(
            in,
            recorded,
            store.accesses().size() - recorded,
            store.owed().size(),
            store.settlements().stream()
                .filter(each -> seen.containsKey(each.notification()))
                .count(),
            store.acknowledged().size());
  }

  private static boolean answeredQuery(Request request) {
    return request.kind() == Kind.QUERY && request.answered();
  }

  private static String key(StoreLook.Message message) {
    return message.asid() + " " + message.messageId();
  }

  private static Set<String> messages(List<StoreLook.Message> messages) {
    return messages.stream().map(InvariantChecker::key).collect(Collectors.toSet());
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
    return all.stream().collect(Collectors.groupingBy(by));
  }
}
