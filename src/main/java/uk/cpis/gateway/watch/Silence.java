package uk.cpis.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Transaction;

/**
 * Authorities that have a system registered to submit and do not: counted from the last submission,
 * refused ones included, or from when the system was first known.
 */
final class Silence implements Lookout {

  private static final Duration LONG = Duration.ofHours(72);

  private final Supplier<Set<OdsCode>> submitters;

  Silence(Supplier<Set<OdsCode>> submitters) {
    this.submitters = submitters;
  }

  @Override
  public List<Finding> look(Transaction tx, Instant now, Set<StandingAlert> standing) {
    tx.alerts().noteSubmitters(submitters.get(), now);
    List<Finding> findings = new ArrayList<>();
    tx.alerts()
        .newestSubmissions()
        .forEach((authority, newest) -> judge(authority, newest, now, findings));
    return findings;
  }

  private static void judge(
      OdsCode authority, Instant newest, Instant now, List<Finding> findings) {
    Duration silent = Duration.between(newest, now);
    if (silent.compareTo(Deadlines.DAY) >= 0) {
      findings.add(new Finding(AlertKind.SILENT, authority.value(), "lastHeard=" + newest));
    }
    if (silent.compareTo(LONG) >= 0) {
      findings.add(new Finding(AlertKind.LONG_SILENT, authority.value(), "lastHeard=" + newest));
    }
  }
}
