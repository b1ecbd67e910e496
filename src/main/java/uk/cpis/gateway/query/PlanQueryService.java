package uk.cpis.gateway.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.authorisation.QueryRight;
import uk.cpis.gateway.authorisation.QueryRights;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegisteredSite;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.store.AccessOutcome;
import uk.cpis.gateway.store.CommitWriter;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/** Answers queries (rules 1 to 7). The answer is given only when the access is on disk. */
public final class PlanQueryService {

  private static final Logger LOG = LoggerFactory.getLogger(PlanQueryService.class);

  private final Directory directory;
  private final Store store;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Duration patience;
  private final RepeatedQueries repeats;

  /** Waits as long as its patience for an access to be on disk. */
  public PlanQueryService(
      Directory directory,
      Store store,
      Audit audit,
      InstantSource clock,
      Supplier<UUID> ids,
      Duration patience) {
    this.directory = directory;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
    this.patience = patience;
    this.repeats = new RepeatedQueries(store, audit, clock);
  }

  /** Answers with every visible record and the history, or says why not. */
  public QueryOutcome answer(PlanQuery query, Sender sender) {
    try {
      return QueryRights.of(sender.system(), query)
          .then(right -> look(query, sender, right), reason -> refuse(query, sender, reason));
    } catch (StoreException failure) {
      LOG.error("query {} could not be answered", query.messageId(), failure);
      return new QueryOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private QueryOutcome refuse(PlanQuery query, Sender sender, RejectionReason reason) {
    audit.refused(AuditedMessage.of(query, sender), reason);
    return new QueryOutcome.Refused(reason);
  }

  private QueryOutcome look(PlanQuery query, Sender sender, QueryRight.Allowed right) {
    Instant now = clock.instant();
    VisibleRecords visible =
        store.read(tx -> VisibleRecords.of(tx, query.person(), LondonDay.of(now)));
    Access access = access(query, sender, right, now, visible);
    AccessOutcome outcome =
        CommitWriter.await(
            store.writer().submit(access, visible.person(), visible.owedBy(access)), patience);
    if (outcome instanceof AccessOutcome.Committed committed) {
      return answered(access, visible, committed.number());
    }
    return outcome instanceof AccessOutcome.SeenBefore seen
        ? repeats.answer(query, sender, seen.message())
        : new QueryOutcome.Refused(RejectionReason.BUSY);
  }

  private Access access(
      PlanQuery query,
      Sender sender,
      QueryRight.Allowed right,
      Instant now,
      VisibleRecords visible) {
    Optional<RegisteredSite> site = directory.site(query.author().organisation().code());
    return new Access(
        ids.get(),
        query.messageId(),
        query.digest(),
        now,
        sender,
        query.person(),
        query.author(),
        right.mode(),
        right.setting(),
        query.author().telephone().or(() -> site.flatMap(RegisteredSite::telephone)),
        site.map(RegisteredSite::region),
        visible.count());
  }

  private QueryOutcome answered(Access access, VisibleRecords visible, long number) {
    List<ShownAccess> history =
        visible.none()
            ? List.of()
            : store.read(
                tx ->
                    tx.accesses().history(visible.person(), access.author(), access.at(), number));
    return new QueryOutcome.Answered(access.at(), visible.authorities(), history);
  }
}
