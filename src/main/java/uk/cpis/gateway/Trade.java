package uk.cpis.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.endpoint.Services;
import uk.cpis.gateway.events.DemographicDesk;
import uk.cpis.gateway.history.AccessHistoryService;
import uk.cpis.gateway.history.HoldingsService;
import uk.cpis.gateway.mailbox.MailboxService;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.query.PlanQueryService;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.submission.SubmissionService;
import uk.cpis.gateway.watch.Watch;

/**
 * What the gateway is there for: the services behind its doors, the demographics that they ask, and
 * the watch over deadlines that nobody asks about.
 */
record Trade(Services services, Demography demography, Watch watch) {

  /** How often what nobody asks about is looked at. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  static Trade open(Opening opening, Ground ground, Trust trust) {
    DemographicDesk news = new DemographicDesk(ground.audit(), opening.clock());
    Demography demography = Demography.open(opening, ground, news::apply);
    Watch watch = watch(opening, ground, trust);
    return new Trade(services(opening, ground, trust, news, demography, watch), demography, watch);
  }

  private static Watch watch(Opening opening, Ground ground, Trust trust) {
    return new Watch(
        ground.store(),
        trust.directory()::submitters,
        trust.directory()::askers,
        trust::forecast,
        Settings.ofWatch(opening.settings().watch()),
        opening.clock());
  }

  private static Services services(
      Opening opening,
      Ground ground,
      Trust trust,
      DemographicDesk news,
      Demography demography,
      Watch watch) {
    Store store = ground.store();
    Directory directory = trust.directory();
    Audit audit = ground.audit();
    InstantSource clock = opening.clock();
    PlanQueryService queries =
        new PlanQueryService(directory, store, audit, clock, UUID::randomUUID, Ground.PATIENCE);
    SubmissionService submissions =
        new SubmissionService(
            store,
            demography.lookUps(),
            audit,
            clock,
            UUID::randomUUID,
            news::apply,
            opening.steps());
    MailboxService mailbox = new MailboxService(directory, store, audit, clock, opening.steps());
    return new Services(
        (query, sender) -> {
          watch.asked(sender.asid());
          return queries.answer(query, sender);
        },
        submissions::accept,
        new HoldingsService(store, audit, clock)::page,
        new AccessHistoryService(store, audit, clock)::show,
        mailbox::collect,
        mailbox::acknowledge);
  }

  /** Watches from now on. */
  void begin(Opening opening) {
    opening.every(LOOK_EVERY, "watch", watch::look);
  }

  List<Health.Check> checks() {
    return List.of(new Health.Check("deadlines", false, this::breach), demography.check());
  }

  private Optional<String> breach() {
    try {
      return watch.breach();
    } catch (StoreException e) {
      return Optional.of("cannot be known while the store does not answer");
    }
  }
}
