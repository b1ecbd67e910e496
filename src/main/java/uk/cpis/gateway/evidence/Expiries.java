package uk.cpis.gateway.evidence;

import static uk.cpis.gateway.evidence.Finding.Kind.EXPIRED_UNLAWFULLY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What retention removed, against what later records say of it. A seal names the time of its newest
 * record, so that nobody can call a young record expired; and each removal is told by a sealed
 * record, until that has outlived its time too.
 */
final class Expiries {

  static final String EVENT = "AUDIT_EXPIRED";

  private final Duration kept;
  private final List<Seal> expired = new ArrayList<>();
  private final Map<String, Instant> told = new HashMap<>();

  Expiries(Duration kept) {
    this.kept = kept;
  }

  void expired(Seal seal) {
    expired.add(seal);
  }

  /** A sealed record, which may tell of a removal. */
  void told(RecordLine record) {
    record
        .event()
        .filter(event -> event.name().equals(EVENT))
        .ifPresent(event -> told.put(event.outcome(), event.at()));
  }

  List<Finding> findings(Instant at) {
    List<Finding> findings = new ArrayList<>();
    for (Seal seal : expired) {
      Instant removed = told.get(seal.first() + "-" + seal.last());
      if (removed == null && seal.newest().plus(kept.multipliedBy(2)).isAfter(at)) {
        findings.add(finding(seal, "are gone, and no sealed record tells when they went"));
      } else if (removed != null && removed.isBefore(seal.newest().plus(kept))) {
        findings.add(
            finding(
                seal,
                "went "
                    + Duration.between(seal.newest(), removed).toDays()
                    + " days after the newest of them, and are to be kept for "
                    + kept.toDays()));
      }
    }
    return findings;
  }

  private static Finding finding(Seal seal, String text) {
    return Finding.of(
        EXPIRED_UNLAWFULLY,
        seal.first(),
        "records " + seal.first() + " to " + seal.last() + " " + text);
  }
}
