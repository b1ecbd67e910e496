package uk.cpis.gateway.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.NumberStanding.Invalidated;
import uk.cpis.gateway.domain.NumberStanding.Sensitive;
import uk.cpis.gateway.domain.NumberStanding.Superseded;
import uk.cpis.gateway.store.Transaction;

/**
 * A number that stands otherwise than before (rules 14 and 19). What counts for an authority is
 * what became of its records: withheld since this news, or held under a number that another one
 * replaced. Of a person who was withheld before and still is, nothing is told; nor is anything told
 * when records are shown again.
 */
final class StandingChanges {

  private final Audit audit;
  private final InstantSource clock;

  StandingChanges(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void apply(Transaction tx, DemographicEvent.StandingChanged event) {
    NhsNumber number = event.number();
    NumberStanding standing = event.standing();
    Instant now = clock.instant();
    if (linksAnAdoptedChild(tx.standings().of(number), standing)) {
      return;
    }
    Set<NhsNumber> shownBefore = shown(tx, number, standing);
    if (!tx.standings().put(number, standing, now)) {
      return;
    }
    UUID cause =
        audit.appendNews(tx, AuditEvent.NUMBER_STANDING_CHANGED, number, outcome(standing));
    LinkedNumbers person = tx.standings().linked(number);
    if (person.withheld()) {
      List<NhsNumber> hidden = person.newestFirst().stream().filter(shownBefore::contains).toList();
      Holders.of(tx, hidden, LondonDay.of(now)).owe(tx, cause, now, whyHidden(tx, person));
    } else if (standing instanceof Superseded superseded) {
      Holders.of(tx, List.of(number), LondonDay.of(now))
          .owe(tx, cause, now, new DemographicNews.InactiveNumber(superseded.replacement()));
    }
  }

  /**
   * After an adoption no link to the new identity is ever given (rule 14), so a number once
   * invalidated is not merged: demographics would have to call it current first.
   */
  private static boolean linksAnAdoptedChild(NumberStanding stood, NumberStanding standing) {
    return stood instanceof Invalidated && standing instanceof Superseded;
  }

  /** The numbers of the persons concerned under which anything is shown so far. */
  private static Set<NhsNumber> shown(Transaction tx, NhsNumber number, NumberStanding standing) {
    Set<NhsNumber> shown = new HashSet<>(tx.standings().linked(number).shown());
    if (standing instanceof Superseded superseded) {
      superseded
          .replacement()
          .map(replacement -> tx.standings().linked(replacement).shown())
          .ifPresent(shown::addAll);
    }
    return shown;
  }

  /** Sensitive weighs more than invalid; a number to use instead is told with neither. */
  private static DemographicNews whyHidden(Transaction tx, LinkedNumbers person) {
    return person.newestFirst().stream()
            .map(tx.standings()::of)
            .anyMatch(Sensitive.class::isInstance)
        ? new DemographicNews.Withdrawal()
        : new DemographicNews.InactiveNumber(Optional.empty());
  }

  private static String outcome(NumberStanding standing) {
    return standing.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }
}
