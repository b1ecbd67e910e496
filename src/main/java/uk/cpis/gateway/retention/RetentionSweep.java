package uk.cpis.gateway.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.retention.SweepReport.Ending;
import uk.cpis.gateway.retention.SweepReport.Swept;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Has everything leave the store whose time has come, kind by kind. A kind that fails stops no
 * other; whatever is left, the next sweep finds. Safe to share between threads; one sweeps at a
 * time.
 */
public final class RetentionSweep {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.retention");

  private final Store store;
  private final Audit audit;
  private final InstantSource clock;
  private final RetentionSettings settings;
  private final Steps steps;

  public RetentionSweep(
      Store store, Audit audit, InstantSource clock, RetentionSettings settings, Steps steps) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    this.steps = steps;
  }

  /** When the last sweep that ran to its end began; empty before the first. */
  public Optional<Instant> lastBegun() {
    return store.read(tx -> tx.retention().lastSweep().begunAt());
  }

  /**
   * Sweeps the whole store now. Before each batch it asks whether to go on. Whoever answers may
   * wait a little first: the store merges emptied pages of its indexes while nobody uses the table.
   */
  public synchronized SweepReport run(BooleanSupplier goOn) {
    Instant now = clock.instant();
    List<Swept> swept = new ArrayList<>();
    sweeps(now).forEach(sweep -> swept.add(told(swept(sweep, goOn))));
    steps.reached(Step.SWEPT);
    swept.add(told(new SpaceSweep(store).after(swept)));
    SweepReport report = new SweepReport(now, clock.instant(), swept);
    if (report.complete()) {
      store.change(tx -> tx.retention().lastSweep().ended(report.begunAt(), report.endedAt()));
    }
    return report;
  }

  /** Records before the history of people, and messages before what they refer to. */
  private List<Sweep> sweeps(Instant now) {
    Instant forgotten = now.minus(settings.messages());
    int batch = settings.batch();
    return List.of(
        new PlanSweep(LondonDay.of(now), audit, batch),
        new TraceSweep(now.minus(settings.traces()), batch),
        new HistorySweep(batch),
        new NotificationSweep(now, now.minus(settings.settled()), batch),
        new MessageSweep(forgotten, batch),
        new KeptMessageSweep(forgotten, batch),
        new SubmissionSweep(forgotten),
        new RefusalSweep(now.minus(settings.refusals()), batch),
        new AuditSweep(now.minus(settings.audit()), now, audit));
  }

  private Swept swept(Sweep sweep, BooleanSupplier goOn) {
    long removed = 0;
    try {
      Optional<String> from = Optional.of(Sweep.START);
      while (from.isPresent()) {
        if (!goOn.getAsBoolean()) {
          return new Swept(sweep.name(), removed, Ending.STOPPED);
        }
        String start = from.get();
        Batch batch = store.inTransaction(tx -> removed(tx, sweep, start));
        steps.reached(Step.REMOVAL_COMMITTED);
        removed += batch.removed();
        from = batch.next();
      }
      return new Swept(sweep.name(), removed, Ending.DONE);
    } catch (RuntimeException e) {
      LOG.error(
          "CPG-SWEEP-FAILED what={} removed={} remedy=\"none: tried again\"",
          sweep.name(),
          removed,
          e);
      return new Swept(sweep.name(), removed, Ending.FAILED);
    }
  }

  private Batch removed(Transaction tx, Sweep sweep, String from) {
    Batch batch = sweep.batch(tx, from);
    steps.reached(Step.BATCH_REMOVED);
    return batch;
  }

  private static Swept told(Swept swept) {
    LOG.info(
        "CPG-SWEPT what={} removed={} ending={}", swept.what(), swept.removed(), swept.ending());
    return swept;
  }
}
