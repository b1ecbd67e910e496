package uk.cpis.gateway.query;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.store.RecordedAccess;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Queries whose message id was seen before (cpis.md §4). The same query is answered again for a
 * short time, rebuilt from its first access: no second access, no second notification, and nothing
 * that the authorities were not told of. Each repeat leaves its trace in the audit.
 */
final class RepeatedQueries {

  /** What an authority was told of; it may have sent it again under a newer number since. */
  private record Told(OdsCode authority, PlanType type) {

    static Told of(PlanKey key) {
      return new Told(key.authority(), key.type());
    }
  }

  private static final Duration ANSWERED_AGAIN_FOR = Duration.ofMinutes(10);

  private final Store store;
  private final Audit audit;
  private final InstantSource clock;

  RepeatedQueries(Store store, Audit audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  QueryOutcome answer(PlanQuery query, Sender sender, RememberedMessage first) {
    AuditedMessage message = AuditedMessage.of(query, sender);
    if (!first.same(Interaction.QUERY, query.digest())) {
      audit.refused(message, RejectionReason.MESSAGE_ID_REUSED);
      return new QueryOutcome.Refused(RejectionReason.MESSAGE_ID_REUSED);
    }
    if (clock.instant().isAfter(first.at().plus(ANSWERED_AGAIN_FOR))) {
      RejectionReason late = RejectionReason.QUERY_REPEATED_TOO_LATE;
      audit.record(message, AuditEvent.QUERY_REPEATED, late.name());
      return new QueryOutcome.Refused(late);
    }
    audit.record(message, AuditEvent.QUERY_REPEATED, "ANSWERED_AGAIN");
    return store.read(tx -> rebuilt(tx, first.reference()));
  }

  private static QueryOutcome rebuilt(Transaction tx, UUID accessId) {
    RecordedAccess access =
        tx.accesses()
            .find(accessId)
            .orElseThrow(() -> new IllegalStateException("no access of a query: " + accessId));
    VisibleRecords visible = stillVisible(tx, access);
    List<ShownAccess> history =
        visible.none()
            ? List.of()
            : tx.accesses()
                .history(visible.person(), access.author(), access.at(), access.number());
    return new QueryOutcome.Answered(access.at(), visible.authorities(), history);
  }

  /**
   * Of what the access found, what was neither deleted nor withdrawn since. A silent one found
   * without telling.
   */
  private static VisibleRecords stillVisible(Transaction tx, RecordedAccess access) {
    List<OwedReference> owed = tx.owed().of(access.id());
    Set<Told> told = told(tx, owed);
    return VisibleRecords.of(
        tx,
        access.person(),
        LondonDay.of(access.at()),
        plan ->
            access.recordsFound() > 0 && (owed.isEmpty() || told.contains(Told.of(plan.key()))));
  }

  private static Set<Told> told(Transaction tx, List<OwedReference> owed) {
    return owed.stream()
        .flatMap(each -> tx.owed().notification(each.id()).stream())
        .flatMap(notification -> notification.records().stream())
        .map(record -> Told.of(record.plan().key()))
        .collect(Collectors.toSet());
  }
}
