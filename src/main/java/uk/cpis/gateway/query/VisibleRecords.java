package uk.cpis.gateway.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.store.Transaction;

/**
 * What is visible of one person on one day, whichever of her numbers was asked for: the records of
 * every authority, side by side. A person who is withheld looks like one not on the register.
 */
record VisibleRecords(LinkedNumbers person, LocalDate day, List<AuthorityPlans> authorities) {

  /** All that is visible, each authority with its current telephones. */
  static VisibleRecords of(Transaction tx, NhsNumber asked, LocalDate day) {
    return of(tx, asked, day, plan -> true);
  }

  /** Of what is visible, the records of which this is true only. */
  static VisibleRecords of(Transaction tx, NhsNumber asked, LocalDate day, Predicate<Plan> among) {
    LinkedNumbers person = tx.standings().linked(asked);
    Map<OdsCode, List<Plan>> byAuthority =
        tx.plans().shown(person, day).stream()
            .filter(among)
            .collect(
                Collectors.groupingBy(
                    plan -> plan.key().authority(), TreeMap::new, Collectors.toList()));
    return new VisibleRecords(
        person,
        day,
        byAuthority.entrySet().stream()
            .map(each -> new AuthorityPlans(authority(tx, each.getKey()), each.getValue()))
            .toList());
  }

  private static LocalAuthority authority(Transaction tx, OdsCode code) {
    return tx.authorities()
        .find(code)
        .orElseThrow(() -> new IllegalStateException("records of no authority: " + code));
  }

  int count() {
    return authorities.stream().mapToInt(each -> each.plans().size()).sum();
  }

  boolean none() {
    return authorities.isEmpty();
  }

  /** What the access owes: one notification to every authority; none when it is silent (rule 7). */
  List<OwedNotification> owedBy(Access access) {
    return access.mode() == AccessMode.SILENT
        ? List.of()
        : authorities.stream().map(this::owed).toList();
  }

  private OwedNotification owed(AuthorityPlans plans) {
    return new OwedNotification(
        plans.authority().code(),
        plans.plans().stream().map(plan -> new NotifiedRecord(plan, plan.activeOn(day))).toList());
  }
}
