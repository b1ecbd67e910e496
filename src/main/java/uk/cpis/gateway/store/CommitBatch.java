package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessHistory;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.domain.ShownAccess;

/**
 * The rows of one commit of the writer: gathered in order, each with its number, and then written
 * together. What is shown and what was seen before is decided against the store and against the
 * earlier records of the same batch.
 */
final class CommitBatch {

  private record Copy(Asid sender, MessageId messageId) {}

  private record User(NhsNumber person, OdsCode organisation, String userKey) {}

  private final Sql sql;
  private final Numbers numbers;
  private final Map<Copy, RememberedMessage> remembered = new HashMap<>();
  private final Map<User, Instant> lastShown = new HashMap<>();
  private final List<Object[]> auditRows = new ArrayList<>();
  private final List<Object[]> keptRows = new ArrayList<>();
  private final List<Object[]> shownRows = new ArrayList<>();
  private final List<Object[]> messageRows = new ArrayList<>();
  private final List<Object[]> owedRows = new ArrayList<>();
  private final List<Object[]> recordRows = new ArrayList<>();
  private final List<FrozenAccesses.Owing> owing = new ArrayList<>();

  CommitBatch(Sql sql, Numbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  /** Takes a job in; what completes it once the batch is committed. */
  Runnable add(WriterJob job) {
    if (job instanceof WriterJob.ForAccess forAccess) {
      AccessOutcome outcome = add(forAccess);
      return () -> forAccess.done().complete(outcome);
    } else if (job instanceof WriterJob.ForEntry forEntry) {
      long number = numbers.nextAudited();
      auditRows.add(Audit.values(forEntry.entry(), Optional.of(number)));
      KeptMessages.values(forEntry.entry()).ifPresent(keptRows::add);
      return () -> forEntry.done().complete(number);
    }
    return () -> job.done().complete(null);
  }

  private AccessOutcome add(WriterJob.ForAccess job) {
    Access access = job.access();
    Optional<RememberedMessage> before = seenBefore(access);
    if (before.isPresent()) {
      return new AccessOutcome.SeenBefore(before.get());
    }
    long number = numbers.nextAudited();
    boolean shown = decideShown(access, job.person());
    auditRows.add(Audit.values(access, number, shown));
    KeptMessages.values(Audit.entry(access)).ifPresent(keptRows::add);
    if (shown) {
      shownRows.add(Accesses.shownValues(access, number));
    }
    remember(access);
    job.owed().forEach(each -> owe(access, each));
    if (!job.owed().isEmpty()) {
      owing.add(new FrozenAccesses.Owing(access, job.person(), number));
    }
    return new AccessOutcome.Committed(number, shown);
  }

  private Optional<RememberedMessage> seenBefore(Access access) {
    Asid sender = access.sender().asid();
    return Optional.ofNullable(remembered.get(new Copy(sender, access.messageId())))
        .or(() -> new Messages(sql).remembered(sender, access.messageId()));
  }

  private void remember(Access access) {
    RememberedMessage message =
        new RememberedMessage(
            access.sender().asid(),
            access.messageId(),
            Interaction.QUERY,
            access.digest(),
            access.at(),
            access.id());
    remembered.put(new Copy(message.sender(), message.messageId()), message);
    messageRows.add(Messages.values(message));
  }

  private boolean decideShown(Access access, LinkedNumbers person) {
    if (!access.showable()) {
      return false;
    }
    User user =
        new User(person.newest(), access.author().organisation().code(), access.author().userKey());
    boolean shown = AccessHistory.opensWindow(lastShown(user, access, person), access.at());
    if (shown) {
      lastShown.put(user, access.at());
    }
    return shown;
  }

  private Optional<Instant> lastShown(User user, Access access, LinkedNumbers person) {
    return Optional.ofNullable(lastShown.get(user))
        .or(
            () ->
                new Accesses(sql)
                    .lastShown(person, access.author(), Long.MAX_VALUE)
                    .map(ShownAccess::at));
  }

  private void owe(Access access, OwedNotification owed) {
    OwedNumbers next = numbers.nextOwed(owed.authority(), sql);
    owedRows.add(
        OwedRows.values(
            OwedRows.What.access(access.id(), access.at(), owed.person()),
            owed.authority(),
            Optional.of(next)));
    NotificationId id = NotificationId.of(access.id(), owed.authority());
    recordRows.addAll(OwedRows.recordValues(id, owed.records()));
  }

  /** Writes what was taken in; nothing is durable before the commit. */
  void write() {
    sql.batch(Audit.INSERT, auditRows);
    sql.batch(KeptMessages.INSERT, keptRows);
    sql.batch(Accesses.INSERT_SHOWN, shownRows);
    sql.batch(Messages.REMEMBER, messageRows);
    sql.batch(OwedRows.INSERT, owedRows);
    sql.batch(OwedRows.INSERT_RECORD, recordRows);
    new FrozenAccesses(sql).freeze(owing);
  }

  boolean owes() {
    return !owedRows.isEmpty();
  }
}
