package uk.cpis.gateway.events;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.UUID;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.store.Transaction;

/**
 * A baby born to a mother with a visible unborn child's plan, under whichever of her numbers it is
 * held: each authority that holds one is told once of each baby (rule 15). Nothing is told while
 * the mother or the baby is withheld: a baby's number would be a trace of her, and the authority,
 * which was told of the withdrawal, has the case outside of this service. The audit keeps that it
 * was so.
 */
final class BirthReports {

  /** A plan may have been sent with a start so far ahead (rule 11), and the baby come early. */
  private static final Period BEFORE_THE_START = Period.ofDays(31);

  private final Audit audit;
  private final InstantSource clock;

  BirthReports(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void apply(Transaction tx, DemographicEvent.Born born) {
    LinkedNumbers mother = tx.standings().linked(born.mother());
    if (mother.withheld() || tx.standings().linked(born.baby()).withheld()) {
      keepQuiet(tx, born, mother);
    } else {
      tell(tx, born, mother);
    }
  }

  private void tell(Transaction tx, DemographicEvent.Born born, LinkedNumbers mother) {
    Instant now = clock.instant();
    LocalDate today = LondonDay.of(now);
    Holders untold =
        Holders.of(
                tx.plans().shown(mother, today).stream().filter(plan -> expected(plan, born)),
                today)
            .only(
                holder ->
                    tx.births().tell(born.baby(), holder.authority(), mother, holder.numbers()));
    if (!untold.none()) {
      UUID cause = audit.appendNews(tx, AuditEvent.BIRTH_REPORTED, born.mother(), "TOLD");
      untold.owe(tx, cause, now, new DemographicNews.Birth(born.baby()));
    }
  }

  private void keepQuiet(Transaction tx, DemographicEvent.Born born, LinkedNumbers mother) {
    LocalDate today = LondonDay.of(clock.instant());
    boolean concernsAnybody =
        mother.newestFirst().stream()
            .flatMap(number -> tx.plans().visible(number, today).stream())
            .anyMatch(plan -> expected(plan, born));
    if (concernsAnybody) {
      audit.appendNews(tx, AuditEvent.BIRTH_REPORTED, born.mother(), "WITHHELD");
    }
  }

  /** Whether the plan may have been for this baby, who is no older child of the same mother. */
  private static boolean expected(Plan plan, DemographicEvent.Born born) {
    return plan.key().type() == PlanType.UNBORN
        && !born.dateOfBirth().isBefore(plan.period().start().minus(BEFORE_THE_START));
  }
}
