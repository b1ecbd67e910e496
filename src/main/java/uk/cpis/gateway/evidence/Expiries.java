package uk.cpis.gateway.evidence;

import static uk.cpis.gateway.evidence.Finding.Kind.EXPIRED_UNLAWFULLY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What retention removed, against what later records say of it. A seal names the time of its newest
 * record, so that nobody can call a young record expired; and each removal is told by a sealed
 * record, until that has outlived its time too. No time is believed that is later than its seal:
 * who writes into the store could name any, but not what the gateway's clock had said by the time
 * it sealed.
 */
final class Expiries {

  static final String EVENT = "AUDIT_EXPIRED";

  /** When it was removed, as a record says, and when that record was sealed. */
  private record Told(Instant removed, Instant sealed) {

    boolean fromTheFuture(Instant end) {
      Instant latest = sealed.isBefore(end) ? sealed : end;
      return removed.isAfter(latest.plus(Seal.SKEW));
    }
  }

  private final Duration kept;
  private final List<Seal> expired = new ArrayList<>();
  private final Map<String, Told> told = new HashMap<>();

  Expiries(Duration kept) {
    this.kept = kept;
  }

  void expired(Seal seal) {
    expired.add(seal);
  }

  /** A record of this seal, which may tell of a removal. */
  void told(RecordLine record, Seal seal) {
    record
        .event()
        .filter(event -> event.name().equals(EVENT))
        .ifPresent(event -> told.put(event.outcome(), new Told(event.at(), seal.sealedAt())));
  }

  List<Finding> findings(Instant end) {
    List<Finding> findings = new ArrayList<>();
    for (Seal seal : expired) {
      Optional.ofNullable(told.get(seal.first() + "-" + seal.last()))
          .map(each -> fault(seal, each, end))
          .orElseGet(() -> faultOfUntold(seal, end))
          .ifPresent(fault -> findings.add(finding(seal, fault)));
    }
    return findings;
  }

  private Optional<String> fault(Seal seal, Told told, Instant end) {
    if (told.fromTheFuture(end)) {
      return Optional.of(
          "are said to have gone at " + told.removed() + ", later than that was sealed");
    }
    return told.removed().isBefore(seal.newest().plus(kept))
        ? Optional.of(
            "went "
                + Duration.between(seal.newest(), told.removed()).toDays()
                + " days after the newest of them, and are to be kept for "
                + kept.toDays())
        : Optional.empty();
  }

  private Optional<String> faultOfUntold(Seal seal, Instant end) {
    return seal.newest().plus(kept.multipliedBy(2)).isAfter(end)
        ? Optional.of("are gone, and no sealed record tells when they went")
        : Optional.empty();
  }

  private static Finding finding(Seal seal, String text) {
    return Finding.of(
        EXPIRED_UNLAWFULLY,
        seal.first(),
        "records " + seal.first() + " to " + seal.last() + " " + text);
  }
}
