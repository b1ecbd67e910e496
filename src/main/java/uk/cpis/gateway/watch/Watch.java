package uk.cpis.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Tells the operator what should happen and does not. It looks once a minute, by the given clock or
 * by elapsed time, whichever comes first. What it told is noted after it was told: an end of the
 * process in between tells it twice rather than never. Safe to share between threads.
 */
public final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.watch");
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Store store;
  private final InstantSource clock;
  private final AskedHours asked = new AskedHours();
  private final List<Lookout> lookouts;
  private Instant lookedAt = Instant.MIN;
  private long lookedNanos;

  /**
   * Watches from now on.
   *
   * @param submitters the authorities that have a system registered to submit
   * @param askers the systems registered to query
   */
  public Watch(
      Store store,
      Supplier<Set<OdsCode>> submitters,
      Supplier<Set<Asid>> askers,
      WatchSettings settings,
      InstantSource clock) {
    this(store, submitters, askers, List::of, settings, clock);
  }

  /**
   * The same.
   *
   * @param forecast which certificates end when
   */
  public Watch(
      Store store,
      Supplier<Set<OdsCode>> submitters,
      Supplier<Set<Asid>> askers,
      Supplier<List<Expiry>> forecast,
      WatchSettings settings,
      InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.lookouts =
        List.of(
            new Deadlines(settings.overduePercent()),
            new Silence(submitters),
            new QuietSystems(askers, settings.busyQueries(), clock.instant()),
            new Expiries(forecast));
  }

  /** This system asked something. */
  public void asked(Asid system) {
    asked.asked(system, clock.instant());
  }

  /** What was told and is not over, the first first. */
  public List<StandingAlert> standing() {
    return store.read(tx -> tx.alerts().standing());
  }

  /** What is wrong, when an authority was not told of something within 24 hours. */
  public Optional<String> breach() {
    long breaches = standing().stream().filter(each -> each.kind() == AlertKind.BREACH).count();
    return breaches == 0
        ? Optional.empty()
        : Optional.of(breaches + " not told within 24 hours; see CPG-BREACH in /alerts");
  }

  /** Looks at everything if it is time to; called again and again. */
  public synchronized void look() {
    Instant now = clock.instant();
    if (isDue(now)) {
      lookedAt = now;
      lookedNanos = System.nanoTime();
      lookNow(now);
    }
  }

  private boolean isDue(Instant now) {
    boolean byElapsed = System.nanoTime() - lookedNanos >= EVERY.toNanos();
    return lookedAt.equals(Instant.MIN)
        || byElapsed
        || now.isBefore(lookedAt)
        || !now.isBefore(lookedAt.plus(EVERY));
  }

  private void lookNow(Instant now) {
    Map<AskedHours.Hour, Long> written = store.inTransaction(asked::write);
    asked.kept(written, now);
    List<StandingAlert> standing = standing();
    List<Finding> findings = store.inTransaction(tx -> findings(tx, now, standing));
    findings.stream()
        .filter(finding -> standing.stream().noneMatch(each -> same(each, finding)))
        .forEach(finding -> begin(finding, now));
    standing.stream()
        .filter(each -> findings.stream().noneMatch(finding -> same(each, finding)))
        .forEach(this::end);
  }

  private List<Finding> findings(Transaction tx, Instant now, List<StandingAlert> standing) {
    List<Finding> findings = new ArrayList<>();
    Set<StandingAlert> told = standing.stream().collect(Collectors.toUnmodifiableSet());
    lookouts.forEach(each -> findings.addAll(each.look(tx, now, told)));
    return findings;
  }

  private static boolean same(StandingAlert alert, Finding finding) {
    return alert.kind() == finding.kind() && alert.subject().equals(finding.subject());
  }

  private void begin(Finding finding, Instant now) {
    AlertKind kind = finding.kind();
    LOG.warn("{} {}={} {}", kind.code(), kind.subject(), finding.subject(), finding.detail());
    store.change(tx -> tx.alerts().begin(new StandingAlert(kind, finding.subject(), now)));
  }

  private void end(StandingAlert alert) {
    AlertKind kind = alert.kind();
    LOG.info("{} {}={} since={}", kind.overCode(), kind.subject(), alert.subject(), alert.since());
    store.change(tx -> tx.alerts().end(alert));
  }
}
