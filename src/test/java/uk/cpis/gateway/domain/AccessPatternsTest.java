package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AccessPatterns.Counts;
import uk.cpis.gateway.domain.AccessPatterns.Place;

/** Movement between sites, counted and not judged. */
class AccessPatternsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T02:10:00Z");
  private static final Optional<String> LONDON = Optional.of("London");

  @Test
  void countsTheAccessItself() {
    assertThat(AccessPatterns.at(NOW, List.of(place(Duration.ZERO, "RQXM1", LONDON))))
        .isEqualTo(
            new AccessPatterns(new Counts(1, 1, 1), new Counts(1, 1, 1), new Counts(1, 1, 1)));
  }

  @Test
  void seesAChildTakenFromSiteToSite() {
    List<Place> shown =
        List.of(
            place(Duration.ZERO, "RQXM1", LONDON),
            place(Duration.ofDays(6), "RQXM1", LONDON),
            place(Duration.ofDays(8), "R1H12", LONDON),
            place(Duration.ofDays(60), "RM102", Optional.of("North West")),
            place(Duration.ofDays(120), "RTD01", Optional.of("North East")));

    assertThat(AccessPatterns.at(NOW, shown))
        .isEqualTo(
            new AccessPatterns(new Counts(2, 1, 1), new Counts(3, 2, 1), new Counts(4, 3, 2)));
  }

  @Test
  void countsDaysOfTwentyFourHoursToTheMillisecond() {
    for (int days : List.of(7, 30, 90)) {
      Place outside = place(Duration.ofDays(days), "RQXM1", LONDON);
      Place inside = place(Duration.ofDays(days).minusMillis(1), "RQXM1", LONDON);

      assertThat(of(days, AccessPatterns.at(NOW, List.of(outside))).accesses()).isZero();
      assertThat(of(days, AccessPatterns.at(NOW, List.of(inside))).accesses()).isEqualTo(1);
    }
  }

  @Test
  void countsASiteWithoutAKnownRegionAsASiteAndInNoRegion() {
    List<Place> shown =
        List.of(
            place(Duration.ofHours(1), "RQXM1", Optional.empty()),
            place(Duration.ofHours(2), "R1H12", Optional.empty()));

    assertThat(AccessPatterns.at(NOW, shown).last7Days()).isEqualTo(new Counts(2, 2, 0));
  }

  /** Against a count made in the plainest way, over made-up histories. */
  @RepeatedTest(300)
  void agreesWithACountByHand(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<Place> shown =
        IntStream.range(0, random.nextInt(60)).mapToObj(i -> anywhere(random)).toList();

    AccessPatterns patterns = AccessPatterns.at(NOW, shown);

    for (int days : List.of(7, 30, 90)) {
      assertThat(of(days, patterns)).isEqualTo(byHand(days, shown));
    }
    for (Counts counts : List.of(of(7, patterns), of(30, patterns), of(90, patterns))) {
      assertThat(counts.sites()).isLessThanOrEqualTo(counts.accesses());
      assertThat(counts.regions()).isLessThanOrEqualTo(counts.sites());
    }
    assertThat(patterns.last7Days().accesses())
        .isLessThanOrEqualTo(patterns.last30Days().accesses());
    assertThat(patterns.last30Days().accesses())
        .isLessThanOrEqualTo(patterns.last90Days().accesses());
  }

  private static Counts byHand(int days, List<Place> shown) {
    List<Place> within = new ArrayList<>();
    Set<OdsCode> sites = new HashSet<>();
    Set<String> regions = new HashSet<>();
    for (Place place : shown) {
      if (Duration.between(place.at(), NOW).compareTo(Duration.ofDays(days)) < 0) {
        within.add(place);
        sites.add(place.site());
        place.region().ifPresent(regions::add);
      }
    }
    return new Counts(within.size(), sites.size(), regions.size());
  }

  /** Ten sites in three regions, the last without one; often on the very border. */
  private static Place anywhere(Random random) {
    int site = random.nextInt(10);
    Duration ago =
        random.nextInt(4) == 0
            ? Duration.ofDays(List.of(7, 30, 90).get(random.nextInt(3)))
                .minusMillis(random.nextInt(3) - 1)
            : Duration.ofMinutes(random.nextInt(200 * 24 * 60));
    return place(
        ago, "SITE" + site, site == 9 ? Optional.empty() : Optional.of("Region " + site % 3));
  }

  private static Place place(Duration ago, String site, Optional<String> region) {
    return new Place(NOW.minus(ago), new OdsCode(site), region);
  }

  private static Counts of(int days, AccessPatterns patterns) {
    return switch (days) {
      case 7 -> patterns.last7Days();
      case 30 -> patterns.last30Days();
      default -> patterns.last90Days();
    };
  }
}
