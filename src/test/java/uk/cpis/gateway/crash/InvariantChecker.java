package uk.cpis.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Holds what partners wrote down against what the store has, when the gateway has delivered all and
 * has ended. The numbers of the invariants are those of the fault tests' list: I1 answered queries,
 * I2 who is told, I3 unknown endings, I4 records, I5 nothing owed is lost, I6 numbers, I7 no
 * replay, I10 no personal data in what the process prints. Messages are checked part by part, so
 * that a million take no more memory than some ten thousand.
 */
public final class InvariantChecker {

  private static final long BYTES_OF_A_PART = 16L * 1024 * 1024;

  /**
   * What is known of the records at the end.
   *
   * @param there records that must be there
   * @param either records that may be there, since nobody was told
   * @param memory how far back messages are remembered at least
   */
  public record Expected(
      Set<StoreLook.Plan> there, Set<StoreLook.Plan> either, Instant now, Duration memory) {}

  private final Path clientLog;
  private final Statement sql;
  private final StoreLook store;
  private final Map<String, List<AuthorityLog.Seen>> seen;
  private final Expected expected;
  private final Findings findings = new Findings();

  /** The accesses that something is owed for and that were not found so far. */
  private final Set<String> causes = new HashSet<>();

  private long in;
  private long recorded;
  private long accesses;

  private InvariantChecker(
      Path clientLog, Statement sql, Map<String, List<AuthorityLog.Seen>> seen, Expected expected)
      throws SQLException {
    this.clientLog = clientLog;
    this.sql = sql;
    this.store = StoreLook.read(sql);
    this.seen = seen;
    this.expected = expected;
    store.owed().forEach(each -> causes.add(each.cause()));
  }

  /** Checks everything. */
  public static Verdict check(
      Path clientLog, Path authorityLog, Path store, Expected expected, Path... outputs) {
    return check(BYTES_OF_A_PART, clientLog, authorityLog, store, expected, outputs);
  }

  /** The same with as many parts as the log of the clients has so many bytes. */
  static Verdict check(
      long bytesOfAPart,
      Path clientLog,
      Path authorityLog,
      Path store,
      Expected expected,
      Path... outputs) {
    Map<String, List<AuthorityLog.Seen>> seen;
    try (Stream<AuthorityLog.Seen> all = AuthorityLog.read(authorityLog)) {
      seen = all.collect(Collectors.groupingBy(AuthorityLog.Seen::notification));
    }
    return StoreLook.in(
        store,
        sql ->
            new InvariantChecker(clientLog, sql, seen, expected)
                .verdict(1 + (int) (size(clientLog) / bytesOfAPart), outputs));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verdict verdict(int parts, Path... outputs) throws SQLException {
    Map<String, List<StoreLook.Owed>> owed = grouped(store.owed(), StoreLook.Owed::cause);
    for (int i = 0; i < parts; i++) {
      int part = i;
      messages(id -> Math.floorMod(id.hashCode(), parts) == part, owed);
    }
    notifications();
    numbers();
    records();
    Arrays.stream(outputs).forEach(this::secrets);
    return new Verdict(findings.told(), counts());
  }

  private void messages(Predicate<String> ids, Map<String, List<StoreLook.Owed>> owed)
      throws SQLException {
    MessageCheck.Rows rows =
        new MessageCheck.Rows(
            StoreLook.accesses(sql, ids),
            StoreLook.remembered(sql, ids),
            of(ids, store.submissions()),
            of(ids, store.acknowledged()),
            owed);
    rows.accesses().forEach(each -> causes.remove(each.id()));
    MessageCheck part =
        new MessageCheck(
            ClientLog.read(clientLog, ids).values(),
            rows,
            expected.now().minus(expected.memory()),
            findings);
    part.check();
    in += part.in();
    recorded += part.recorded();
    accesses += rows.accesses().size();
  }

  private static List<StoreLook.Message> of(Predicate<String> ids, List<StoreLook.Message> all) {
    return all.stream().filter(each -> ids.test(each.messageId())).toList();
  }

  private Verdict.Counts counts() {
    return new Verdict.Counts(
        in,
        recorded,
        accesses,
        store.owed().size(),
        store.settlements().stream().filter(each -> seen.containsKey(each.notification())).count(),
        store.acknowledged().size());
  }

  private void notifications() {
    Map<String, List<StoreLook.Settlement>> settled =
        grouped(store.settlements(), StoreLook.Settlement::notification);
    Set<String> ids = new HashSet<>();
    for (StoreLook.Owed owed : store.owed()) {
      ids.add(owed.id());
      if (causes.contains(owed.cause())) {
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

  private void broken(String invariant, String ids) {
    findings.broken(invariant, ids);
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
    return all.stream().collect(Collectors.groupingBy(by));
  }
}
