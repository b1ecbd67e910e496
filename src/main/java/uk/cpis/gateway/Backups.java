package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.BackupOutcome;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.store.Backup;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/**
 * Has backups of the store taken: every night at a quiet hour in London, after a start that missed
 * it, and when an operator says so. One that failed is tried again after a while, and told once
 * until one is taken. Safe to share between threads.
 */
final class Backups {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);
  private static final Duration TOO_OLD = Duration.ofHours(49);
  private static final Operator SCHEDULE = Operator.itself("schedule");

  private final Store store;
  private final Audit audit;
  private final InstantSource clock;
  private final GatewayConfig.Backup settings;
  private final Instant opened;
  private volatile Optional<Instant> last;
  private volatile Optional<String> failure = Optional.empty();
  private volatile Instant notBefore = Instant.MIN;

  Backups(Store store, Audit audit, InstantSource clock, GatewayConfig.Backup settings) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    this.opened = clock.instant();
    this.last = settings.folder().flatMap(Backups::newestIn);
  }

  /** A folder that cannot be looked into keeps no gateway from serving: the next step tells. */
  private static Optional<Instant> newestIn(Path folder) {
    try {
      return Backup.newestIn(folder);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** Takes one if it is due. */
  void step() {
    Instant now = clock.instant();
    boolean due = last.map(when -> when.isBefore(lastDue(now))).orElse(true);
    if (scheduled() && due && !now.isBefore(notBefore)) {
      takeFor(SCHEDULE);
    }
  }

  private boolean scheduled() {
    return settings.folder().isPresent() && settings.nightly();
  }

  /** The last time that the hour struck. */
  private Instant lastDue(Instant now) {
    LocalTime hour = LocalTime.of(settings.hour(), 0);
    LocalDate today = LondonDay.of(now);
    Instant due = LondonDay.at(today, hour);
    return due.isAfter(now) ? LondonDay.at(today.minusDays(1), hour) : due;
  }

  /** Takes one now because this operator says so; the audit has it. */
  BackupOutcome takeFor(Operator operator) {
    if (settings.folder().isEmpty()) {
      return new BackupOutcome.NotConfigured();
    }
    BackupOutcome outcome = attempt(settings.folder().get());
    audit.recordOperation(
        operator,
        AuditEvent.STORE_BACKED_UP,
        outcome instanceof BackupOutcome.Taken ? "COMPLETE" : "FAILED");
    return outcome;
  }

  private BackupOutcome attempt(Path folder) {
    try {
      return take(folder);
    } catch (StoreException | KeyMaterialException e) {
      failed(e);
      return new BackupOutcome.Failed(e.getMessage());
    } catch (RuntimeException e) {
      failed(e);
      return new BackupOutcome.Failed("something broke; see CPG-BACKUP-FAILED in the log");
    }
  }

  private synchronized BackupOutcome.Taken take(Path folder) {
    OwnerOnly.folder(folder);
    if (!OwnerOnly.isClosed(folder)) {
      throw new KeyMaterialException("others than its owner may open " + folder);
    }
    Backup.Taken taken = store.backup().into(folder, clock.instant());
    last = Optional.of(taken.manifest().at());
    failure = Optional.empty();
    LOG.info("CPG-BACKED-UP place={} bytes={}", taken.place(), taken.manifest().bytes());
    Backup.prune(folder, settings.keep());
    return new BackupOutcome.Taken(
        taken.place().toString(), taken.manifest().at(), taken.manifest().bytes());
  }

  private void failed(RuntimeException cause) {
    notBefore = clock.instant().plus(AGAIN_AFTER);
    if (failure.isEmpty()) {
      LOG.error("CPG-BACKUP-FAILED again={} cause=\"{}\"", notBefore, cause.getMessage(), cause);
    }
    failure = Optional.of("the last backup failed; see CPG-BACKUP-FAILED in the log");
  }

  /** What is wrong, when the last one failed or there was none for too long. */
  Optional<String> fault() {
    Instant since = last.filter(when -> when.isAfter(opened)).orElse(opened);
    return failure.or(
        () ->
            scheduled() && Duration.between(since, clock.instant()).compareTo(TOO_OLD) > 0
                ? Optional.of(state())
                : Optional.empty());
  }

  /** When the last one was taken. */
  String state() {
    return last.map(when -> "last taken at " + when)
        .orElse(settings.folder().isPresent() ? "none taken yet" : "none: no cpis.backup.folder");
  }
}
