package uk.cpis.gateway.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.simulator.SyntheticPack;
import uk.cpis.gateway.simulator.SyntheticPlan;

/**
 * Whom the queries are about, one after the other: mostly people of whom nothing is known, and
 * evenly among them people with visible plans, each in turn. Safe to share between threads.
 */
final class Questions {

  private static final long HIGHEST_TEST_NUMBER = 9_999_999_999L;
  private static final int STRANGERS = 10_000;

  private final List<NhsNumber> known;
  private final Map<NhsNumber, Set<OdsCode>> authorities;
  private final List<NhsNumber> strangers;
  private final double hitPercent;

  /** Of people with plans so many in a hundred. */
  Questions(SyntheticPack pack, LocalDate today, double hitPercent) {
    this.authorities =
        pack.plans().stream()
            .filter(plan -> plan.period().visibleOn(today))
            .collect(
                Collectors.groupingBy(
                    plan -> plan.person().number(),
                    Collectors.mapping(SyntheticPlan::authority, Collectors.toSet())));
    this.known = authorities.keySet().stream().sorted().toList();
    this.strangers =
        LongStream.iterate(HIGHEST_TEST_NUMBER, number -> number - 1)
            .mapToObj(Long::toString)
            .flatMap(digits -> NhsNumber.of(digits).stream())
            .limit(STRANGERS)
            .toList();
    this.hitPercent = hitPercent;
  }

  /** Whom the query of this index, counted from 0, is about. */
  NhsNumber person(int index) {
    int hits = hitsBefore(index);
    return hits == hitsBefore(index + 1)
        ? strangers.get(index % strangers.size())
        : known.get(hits % known.size());
  }

  /** How many of the queries before this index are about people with plans. */
  int hitsBefore(int index) {
    return (int) Math.floor(index * hitPercent / 100);
  }

  /** How many notifications the queries from this index up to the other, without it, owe. */
  long owedBetween(int from, int to) {
    return owedBetween(from, to, authority -> true);
  }

  /** The same to these authorities. */
  long owedBetween(int from, int to, Predicate<OdsCode> wanted) {
    return IntStream.range(hitsBefore(from), hitsBefore(to))
        .mapToObj(hit -> known.get(hit % known.size()))
        .mapToLong(person -> authorities.get(person).stream().filter(wanted).count())
        .sum();
  }
}
