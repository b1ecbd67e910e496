package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All NHS numbers of one person that were merged into each other, the one that counts now first:
 * the same whichever of them is asked for (rule 14). Withheld when one of them is sensitive or the
 * last was invalidated: then nothing of the person is shown under any of them (rules 14 and 19).
 */
public record LinkedNumbers(
    List<NhsNumber> newestFirst, List<NumberLink> merges, boolean withheld) {

  private static final Comparator<NumberLink> LATEST_FIRST =
      Comparator.comparing(NumberLink::since).reversed().thenComparing(NumberLink::older);

  /** Copies the lists; that of the numbers is never empty. */
  public LinkedNumbers {
    newestFirst = List.copyOf(newestFirst);
    merges = List.copyOf(merges);
    if (newestFirst.isEmpty()) {
      throw new IllegalArgumentException("a person has a number");
    }
  }

  /** The ordinary case: a number that was never merged, of a person who is shown. */
  public static LinkedNumbers alone(NhsNumber number) {
    return new LinkedNumbers(List.of(number), List.of(), false);
  }

  /**
   * Puts the numbers in order, given every merge among them: the number that was not replaced
   * first, then what was merged into it, and so on, later merges before earlier ones. Should merges
   * go round in a circle, the target of the latest is first.
   */
  public static LinkedNumbers of(NhsNumber asked, Collection<NumberLink> links, boolean withheld) {
    List<NumberLink> latestFirst = links.stream().sorted(LATEST_FIRST).toList();
    List<NhsNumber> ordered = new ArrayList<>(List.of(newest(asked, latestFirst)));
    Set<NhsNumber> seen = new HashSet<>(ordered);
    for (int next = 0; next < ordered.size(); next++) {
      NhsNumber newer = ordered.get(next);
      latestFirst.stream()
          .filter(link -> link.newer().equals(newer))
          .map(NumberLink::older)
          .filter(seen::add)
          .forEach(ordered::add);
    }
    return new LinkedNumbers(ordered, latestFirst, withheld);
  }

  private static NhsNumber newest(NhsNumber asked, List<NumberLink> latestFirst) {
    if (latestFirst.isEmpty()) {
      return asked;
    }
    Set<NhsNumber> replaced = new HashSet<>();
    latestFirst.forEach(link -> replaced.add(link.older()));
    return latestFirst.stream()
        .map(NumberLink::newer)
        .filter(number -> !replaced.contains(number))
        .findFirst()
        .orElseGet(() -> latestFirst.get(0).newer());
  }

  /** The number that counts now: one name for the person, whichever number was asked for. */
  public NhsNumber newest() {
    return newestFirst.get(0);
  }

  /** The numbers under which anything may be shown: none where the person is withheld. */
  public List<NhsNumber> shown() {
    return withheld ? List.of() : newestFirst;
  }

  /** Since when this number is known to be merged into another; empty for the newest. */
  public Optional<Instant> mergedSince(NhsNumber number) {
    return merge(number).map(NumberLink::since);
  }

  /** What this number was merged into, step by step up to the newest. */
  public List<NhsNumber> newerThan(NhsNumber number) {
    return Stream.iterate(merge(number), Optional::isPresent, link -> merge(link.get().newer()))
        .map(link -> link.get().newer())
        .toList();
  }

  private Optional<NumberLink> merge(NhsNumber number) {
    return number.equals(newest())
        ? Optional.empty()
        : merges.stream().filter(link -> link.older().equals(number)).findFirst();
  }
}
