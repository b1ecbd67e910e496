package uk.cpis.gateway.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;

/**
 * Makes up plans: each authority in turn, about one in twelve ended and still shown, about one
 * child in twenty known to two authorities, some children both looked after and protected.
 */
final class SyntheticPlans {
  private static final int OLDEST_START_IN_DAYS = 900;
  private static final int OLDEST_END_IN_DAYS = 350;

  private final Random random;
  private final LocalDate today;
  private final List<LocalAuthority> authorities;
  private final Map<OdsCode, Integer> identifiers = new HashMap<>();

  SyntheticPlans(Random random, LocalDate today, List<LocalAuthority> authorities) {
    this.random = random;
    this.today = today;
    this.authorities = authorities;
  }

  List<SyntheticPlan> ofChild(int index, DemographicPerson child) {
    OdsCode authority = authority(index);
    PlanType type = random.nextInt(5) < 3 ? PlanType.LOOKED_AFTER : PlanType.CHILD_PROTECTION;
    List<SyntheticPlan> plans = new ArrayList<>();
    plans.add(plan(authority, child, type, period(child)));
    if (oneIn(20)) {
      OdsCode other = authority(index + 1 + random.nextInt(authorities.size() - 1));
      plans.add(plan(other, child, PlanType.CHILD_PROTECTION, period(child)));
    } else if (type == PlanType.LOOKED_AFTER && oneIn(10)) {
      plans.add(plan(authority, child, PlanType.CHILD_PROTECTION, period(child)));
    }
    return plans;
  }

  List<SyntheticPlan> ofMother(int index, DemographicPerson mother) {
    LocalDate start = today.minusDays(1 + random.nextInt(200));
    PlanPeriod period = new PlanPeriod(start, Optional.empty());
    return List.of(plan(authority(index), mother, PlanType.UNBORN, period));
  }

  SyntheticPlan plan(
      OdsCode authority, DemographicPerson person, PlanType type, PlanPeriod period) {
    int count = identifiers.merge(authority, 1, Integer::sum);
    String identifier = String.format(Locale.ROOT, "%s-%06d", authority.value(), count);
    return new SyntheticPlan(authority, person, type, period, identifier);
  }

  private PlanPeriod period(DemographicPerson child) {
    LocalDate start = notBefore(child, today.minusDays(2 + random.nextInt(OLDEST_START_IN_DAYS)));
    if (!oneIn(12)) {
      return new PlanPeriod(start, Optional.empty());
    }
    LocalDate end = today.minusDays(1 + random.nextInt(OLDEST_END_IN_DAYS));
    return new PlanPeriod(start, Optional.of(end.isBefore(start) ? start : end));
  }

  private static LocalDate notBefore(DemographicPerson child, LocalDate day) {
    return day.isBefore(child.dateOfBirth()) ? child.dateOfBirth() : day;
  }

  private OdsCode authority(int index) {
    return authorities.get(index % authorities.size()).code();
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }
}
