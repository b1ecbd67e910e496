package uk.cpis.gateway.query;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.store.Transaction;

/** What is visible of one person on one day: the records of every authority, side by side. */
record VisibleRecords(LocalDate day, List<AuthorityPlans> authorities) {

  /** All that is visible, each authority with its current telephones. */
  static VisibleRecords of(Transaction tx, NhsNumber person, LocalDate day) {
    return of(tx, tx.plans().visible(person, day), day);
  }

  /** Of what is visible, the records with these keys only. */
  static VisibleRecords of(Transaction tx, NhsNumber person, LocalDate day, Set<PlanKey> keys) {
    return of(
        tx,
        tx.plans().visible(person, day).stream().filter(plan -> keys.contains(plan.key())).toList(),
        day);
  }

  static VisibleRecords nothing(LocalDate day) {
    return new VisibleRecords(day, List.of());
  }

  private static VisibleRecords of(Transaction tx, List<Plan> plans, LocalDate day) {
    Map<OdsCode, List<Plan>> byAuthority =
        plans.stream()
            .collect(
                Collectors.groupingBy(
                    plan -> plan.key().authority(), LinkedHashMap::new, Collectors.toList()));
    return new VisibleRecords(
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
