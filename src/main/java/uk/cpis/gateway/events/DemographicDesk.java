package uk.cpis.gateway.events;

import java.time.InstantSource;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.store.Transaction;

/**
 * Takes news of demographics, one after the other or many at once, and repeated ones without a
 * second effect. Whatever they change and owe is in the caller's transaction.
 */
public final class DemographicDesk {

  private final StandingChanges standings;
  private final BirthReports births;

  public DemographicDesk(Audit audit, InstantSource clock) {
    this.standings = new StandingChanges(audit, clock);
    this.births = new BirthReports(audit, clock);
  }

  /**
   * Has the news take effect: what is kept, what is owed to each authority with a visible record
   * that they concern, and the audit. Nothing at all when they are known already, or a birth
   * concerns nobody here.
   */
  public void apply(Transaction tx, DemographicEvent event) {
    if (event instanceof DemographicEvent.Born born) {
      births.apply(tx, born);
    } else {
      standings.apply(tx, (DemographicEvent.StandingChanged) event);
    }
  }
}
