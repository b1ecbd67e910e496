package uk.cpis.gateway.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;

/**
 * Everything the demonstration needs to know about a made-up England: the same seed and day give
 * the same pack. The people are those of the demographic register; the first is the story's child,
 * then come four whose numbers are sensitive, current, superseded by that one, and invalidated. The
 * story's plans are not among the plans, because the story sends them.
 */
public record SyntheticPack(
    List<LocalAuthority> authorities,
    List<Site> sites,
    List<DemographicPerson> people,
    List<SyntheticPlan> plans,
    Story story) {

  /** The seed of the demonstration. */
  public static final long SEED = 20_180_501L;

  private static final int SITES = 1_200;
  private static final int ONE_MOTHER_AMONG = 25;

  /** Not counted back from today, so that a tester's stored messages match it on any day. */
  private static final LocalDate BIRTHDAY_OF_THE_STORYS_CHILD = LocalDate.of(2017, 8, 13);

  /** Copies the lists. */
  public SyntheticPack {
    authorities = List.copyOf(authorities);
    sites = List.copyOf(sites);
    people = List.copyOf(people);
    plans = List.copyOf(plans);
  }

  /**
   * The child of the story (cpis.md §6): looked after by Tower Hamlets, placed in Hackney, brought
   * to Homerton's emergency department, and lately known to Hackney too.
   */
  public record Story(
      DemographicPerson child,
      SyntheticPlan lookedAfter,
      SyntheticPlan childProtection,
      Site emergencyDepartment) {}

  /** The pack of this seed, with plans for so many people. */
  public static SyntheticPack of(long seed, int peopleWithPlans, LocalDate today) {
    Random random = new Random(seed);
    DramaTelephones telephones = new DramaTelephones();
    List<LocalAuthority> authorities = EnglishAuthorities.with(telephones);
    List<Site> sites = new SyntheticSites(random, telephones).make(SITES);
    SyntheticPeople people = new SyntheticPeople(random, today);
    SyntheticPlans plans = new SyntheticPlans(random, today, authorities);
    Story story = story(people, plans, sites.get(0), today);
    List<DemographicPerson> register = new ArrayList<>(List.of(story.child()));
    register.addAll(people.unusual());
    List<SyntheticPlan> all = new ArrayList<>();
    for (int i = 1; i <= peopleWithPlans; i++) {
      boolean unborn = i % ONE_MOTHER_AMONG == 0;
      DemographicPerson person = unborn ? people.mother() : people.child();
      register.add(person);
      all.addAll(unborn ? plans.ofMother(i, person) : plans.ofChild(i, person));
    }
    return new SyntheticPack(authorities, sites, register, all, story);
  }

  private static Story story(
      SyntheticPeople people, SyntheticPlans plans, Site emergencyDepartment, LocalDate today) {
    DemographicPerson child =
        people.named("Ó Briain", List.of("Łucja", "Siân"), BIRTHDAY_OF_THE_STORYS_CHILD);
    PlanPeriod since = new PlanPeriod(today.minusDays(40), Optional.empty());
    PlanPeriod lately = new PlanPeriod(today.minusDays(3), Optional.empty());
    return new Story(
        child,
        plans.plan(new OdsCode("TWH"), child, PlanType.LOOKED_AFTER, since),
        plans.plan(new OdsCode("HCK"), child, PlanType.CHILD_PROTECTION, lately),
        emergencyDepartment);
  }
}
