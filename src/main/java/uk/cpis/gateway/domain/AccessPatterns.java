package uk.cpis.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How often and how widely a person's record was accessed lately, counted and not judged: shown
 * accesses, the different sites, and the different regions of England. An access is no attendance,
 * and a count is no score.
 */
public record AccessPatterns(Counts last7Days, Counts last30Days, Counts last90Days) {

  /** The longest time looked back. */
  public static final Duration LONGEST = Duration.ofDays(90);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  /** How many accesses, at how many sites, in how many regions. */
  public record Counts(int accesses, int sites, int regions) {}

  /** A shown access as far as it is counted: when, where, and in which region if that is known. */
  public record Place(Instant at, OdsCode site, Optional<String> region) {}

  /**
   * The patterns as an access at this time sees them, from the shown accesses committed up to it,
   * itself included where it is shown. Days are of 24 hours; exactly so many days ago is outside. A
   * site without a known region counts as a site and in no region.
   */
  public static AccessPatterns at(Instant access, Collection<Place> shown) {
    return new AccessPatterns(
        since(access.minus(WEEK), shown),
        since(access.minus(MONTH), shown),
        since(access.minus(LONGEST), shown));
  }

  private static Counts since(Instant start, Collection<Place> shown) {
    List<Place> counted = shown.stream().filter(place -> place.at().isAfter(start)).toList();
    return new Counts(
        counted.size(),
        (int) counted.stream().map(Place::site).distinct().count(),
        (int) counted.stream().flatMap(place -> place.region().stream()).distinct().count());
  }
}
