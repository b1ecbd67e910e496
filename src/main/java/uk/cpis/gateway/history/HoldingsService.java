package uk.cpis.gateway.history;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.audit.Digest;
import uk.cpis.gateway.authorisation.AuthorityRights;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Holding;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.HoldingsRequest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.store.Transaction;

/** Shows an authority what the gateway holds of it, page by page, so that drift is found. */
public final class HoldingsService {

  private static final Logger LOG = LoggerFactory.getLogger(HoldingsService.class);

  private final Store store;
  private final Audit audit;
  private final InstantSource clock;

  public HoldingsService(Store store, Audit audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** The page asked for, or why it is not shown. */
  public HoldingsOutcome page(HoldingsRequest request, Sender sender) {
    AuditedMessage message = AuditedMessage.of(request, sender);
    try {
      return AuthorityRights.of(sender.system(), Interaction.HOLDINGS, request.authority())
          .then(authority -> page(request, authority, message), reason -> refuse(message, reason));
    } catch (StoreException failure) {
      LOG.error("holdings request {} could not be answered", request.messageId(), failure);
      return new HoldingsOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private HoldingsOutcome refuse(AuditedMessage message, RejectionReason reason) {
    audit.refused(message, reason);
    return new HoldingsOutcome.Refused(reason);
  }

  private HoldingsOutcome page(HoldingsRequest request, OdsCode authority, AuditedMessage message) {
    Instant now = clock.instant();
    HoldingsOutcome.Page page = store.read(tx -> page(tx, request, authority, now));
    audit.record(message, AuditEvent.HOLDINGS_READ, shown(page));
    return page;
  }

  /** How many, and by which digest it can be shown later which: the keys in their order. */
  private static String shown(HoldingsOutcome.Page page) {
    String keys =
        page.holdings().stream()
            .map(holding -> holding.plan().key())
            .map(key -> key.person().digits() + " " + key.type().code() + "\n")
            .collect(Collectors.joining());
    return "SHOWN " + page.holdings().size() + " " + Digest.beginning(keys);
  }

  /** Reads one record more than the page has, to know whether another page follows. */
  private static HoldingsOutcome.Page page(
      Transaction tx, HoldingsRequest request, OdsCode authority, Instant now) {
    LocalDate today = LondonDay.of(now);
    int limit = request.limit();
    OptionalLong last = tx.authorities().lastSequence(authority);
    List<Plan> plans = tx.plans().holdings(authority, request.after(), today, limit + 1);
    List<Plan> shown = plans.subList(0, Math.min(limit, plans.size()));
    Optional<PlanKey> next =
        plans.size() > limit ? Optional.of(shown.get(limit - 1).key()) : Optional.empty();
    return new HoldingsOutcome.Page(
        now,
        last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty(),
        tx.plans().countHoldings(authority, today),
        shown.stream().map(plan -> holding(tx, plan, today)).toList(),
        next);
  }

  /** A record as answers show it, and whether they do: not where the person is withheld. */
  private static Holding holding(Transaction tx, Plan plan, LocalDate today) {
    LinkedNumbers person = tx.standings().linked(plan.key().person());
    Plan now = plan.shownOn(today);
    return new Holding(
        now,
        person.equals(LinkedNumbers.alone(plan.key().person()))
            || tx.plans().shown(person, today).contains(now));
  }
}
