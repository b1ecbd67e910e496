package uk.cpis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.retention.RetentionSweep;
import uk.cpis.gateway.retention.SweepReport;

/**
 * Has the store swept once a day, at a quiet hour in London, and after a start that missed it; by
 * the injected clock. A sweep that failed is tried again after a while. Safe to share between
 * threads.
 */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);
  private static final Duration TOO_OLD = Duration.ofHours(49);

  /** So that the store tidies its indexes between two batches, and traffic comes first. */
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

  private final RetentionSweep sweep;
  private final Audit audit;
  private final InstantSource clock;
  private final LocalTime quietHour;
  private final Instant opened;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "housekeeping");
  private volatile Optional<Instant> last;
  private volatile Instant notBefore = Instant.MIN;

  Housekeeping(RetentionSweep sweep, Audit audit, InstantSource clock, LocalTime quietHour) {
    this.sweep = sweep;
    this.audit = audit;
    this.clock = clock;
    this.quietHour = quietHour;
    this.opened = clock.instant();
    this.last = sweep.lastBegun();
  }

  /** Sweeps from now on when it is due. */
  static Housekeeping open(
      RetentionSweep sweep, Audit audit, InstantSource clock, LocalTime quietHour) {
    Housekeeping housekeeping = new Housekeeping(sweep, audit, clock, quietHour);
    housekeeping.thread.setDaemon(true);
    housekeeping.thread.start();
    return housekeeping;
  }

  private void run() {
    while (goOnAfter(LOOK_EVERY)) {
      try {
        step();
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  /** Sweeps if it is due. */
  void step() {
    Instant now = clock.instant();
    if (!now.isBefore(notBefore) && last.map(when -> when.isBefore(lastDue(now))).orElse(true)) {
      sweepNow();
    }
  }

  /** The last time that the quiet hour struck. */
  private Instant lastDue(Instant now) {
    LocalDate today = LondonDay.of(now);
    Instant due = LondonDay.at(today, quietHour);
    return due.isAfter(now) ? LondonDay.at(today.minusDays(1), quietHour) : due;
  }

  /** Sweeps now because this operator says so; the audit has it. */
  SweepReport sweepFor(Operator operator) {
    SweepReport report = sweepNow();
    audit.recordOperation(
        operator, AuditEvent.RETENTION_SWEPT, report.complete() ? "COMPLETE" : "INCOMPLETE");
    return report;
  }

  private SweepReport sweepNow() {
    SweepReport report = sweep.run(() -> goOnAfter(BETWEEN_BATCHES));
    if (report.complete()) {
      last = Optional.of(report.begunAt());
    } else {
      notBefore = clock.instant().plus(AGAIN_AFTER);
    }
    return report;
  }

  private void failed(RuntimeException cause) {
    notBefore = clock.instant().plus(AGAIN_AFTER);
    LOG.error("CPG-SWEEP-FAILED again={}", notBefore, cause);
  }

  private boolean goOnAfter(Duration pause) {
    try {
      return !closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is wrong, when the store was not swept for too long. */
  Optional<String> fault() {
    Instant since = last.filter(when -> when.isAfter(opened)).orElse(opened);
    return age(since).compareTo(TOO_OLD) > 0
        ? Optional.of(state() + "; see CPG-SWEEP-FAILED in the log")
        : Optional.empty();
  }

  /** When the store was last swept, and how long ago that is. */
  String state() {
    return last.map(when -> "swept at " + when + ", " + age(when).toHours() + " h ago")
        .orElse("not swept yet");
  }

  private Duration age(Instant when) {
    return Duration.between(when, clock.instant());
  }

  /** Ends after the batch in hand. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
