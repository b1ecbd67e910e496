package uk.cpis.gateway.watch;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Transaction;

/**
 * Systems that asked nothing in a full hour in which they are usually busy: in the same hour of the
 * last three days of its kind (working days, or days of the weekend) they asked so many at least.
 * An hour in which this process did not serve from its beginning is not judged.
 */
final class QuietSystems implements Lookout {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int COMPARED = 3;
  private static final int DAYS_BACK = 9;

  private final Supplier<Set<Asid>> systems;
  private final int busy;
  private final Instant servingSince;

  QuietSystems(Supplier<Set<Asid>> systems, int busy, Instant servingSince) {
    this.systems = systems;
    this.busy = busy;
    this.servingSince = servingSince;
  }

  @Override
  public List<Finding> look(Transaction tx, Instant now, Set<StandingAlert> standing) {
    Instant current = AskedHours.hourOf(now);
    Instant last = current.minus(HOUR);
    tx.queryHours().forgetBefore(current.minus(Duration.ofDays(DAYS_BACK + 1)));
    Set<Asid> heard = new HashSet<>(tx.queryHours().of(current).keySet());
    heard.addAll(tx.queryHours().of(last).keySet());
    Set<String> told =
        standing.stream()
            .filter(each -> each.kind() == AlertKind.NO_QUERIES)
            .map(StandingAlert::subject)
            .collect(Collectors.toUnmodifiableSet());
    Set<Asid> usual = servingSince.isAfter(last) ? Set.of() : usuallyBusy(tx, last);
    return systems.get().stream()
        .filter(each -> !heard.contains(each))
        .filter(each -> told.contains(each.digits()) || usual.contains(each))
        .map(each -> new Finding(AlertKind.NO_QUERIES, each.digits(), "quietHour=" + last))
        .toList();
  }

  private Set<Asid> usuallyBusy(Transaction tx, Instant hour) {
    List<Map<Asid, Long>> before =
        LongStream.rangeClosed(1, DAYS_BACK)
            .mapToObj(days -> hour.minus(Duration.ofDays(days)))
            .filter(each -> weekend(each) == weekend(hour))
            .limit(COMPARED)
            .map((Function<Instant, Map<Asid, Long>>) tx.queryHours()::of)
            .toList();
    return systems.get().stream()
        .filter(each -> before.stream().allMatch(day -> day.getOrDefault(each, 0L) >= busy))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean weekend(Instant at) {
    return LondonDay.of(at).getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
  }
}
