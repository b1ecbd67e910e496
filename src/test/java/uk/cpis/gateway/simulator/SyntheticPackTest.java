package uk.cpis.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Telephone;

class SyntheticPackTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final SyntheticPack PACK = SyntheticPack.of(7, 2_000, TODAY);

  @Test
  void theSameSeedAndDayGiveTheSamePack() {
    assertThat(SyntheticPack.of(7, 2_000, TODAY)).isEqualTo(PACK);
    assertThat(SyntheticPack.of(8, 2_000, TODAY)).isNotEqualTo(PACK);
  }

  @Test
  void knowsEveryEnglishAuthorityByItsRealName() {
    assertThat(PACK.authorities())
        .hasSize(153)
        .extracting(LocalAuthority::name)
        .contains("Tower Hamlets", "Hackney", "Bournemouth, Christchurch and Poole");
  }

  @Test
  void numbersPeopleFromTheRangeThatIsNeverIssued() {
    Set<String> numbers =
        PACK.people().stream().map(person -> person.number().digits()).collect(Collectors.toSet());

    assertThat(numbers).hasSize(2_005).allMatch(digits -> digits.startsWith("999"));
    assertThat(PACK.story().child().number().digits()).isEqualTo("9990000018");
  }

  @Test
  void theStorysChildIsTheSameOnAnyDay() {
    assertThat(SyntheticPack.of(7, 0, TODAY.plusMonths(7)).story().child())
        .isEqualTo(PACK.story().child());
  }

  @Test
  void ringsNobody() {
    String drama =
        "020 7946 0\\d{3}|0113 496 0\\d{3}|0161 496 0\\d{3}|07700 900\\d{3}|01632 960\\d{3}";
    Stream<Telephone> authorities =
        PACK.authorities().stream()
            .map(LocalAuthority::contacts)
            .flatMap(
                contacts ->
                    Stream.concat(
                        Stream.of(contacts.emergencyDutyTeam()), contacts.officeHours().stream()));
    List<String> telephones =
        Stream.concat(authorities, PACK.sites().stream().map(Site::telephone))
            .map(Telephone::number)
            .toList();

    assertThat(telephones).hasSize(2 * 153 + 1_200).doesNotHaveDuplicates();
    assertThat(telephones).allMatch(number -> number.matches(drama));
  }

  @Test
  void givesEveryAuthorityPlansAndSomeChildrenTwoAuthorities() {
    Set<OdsCode> withPlans =
        PACK.plans().stream().map(SyntheticPlan::authority).collect(Collectors.toSet());
    long withTwo =
        PACK.plans().stream()
            .collect(
                Collectors.groupingBy(
                    plan -> plan.person().number(),
                    Collectors.mapping(SyntheticPlan::authority, Collectors.toSet())))
            .values()
            .stream()
            .filter(authorities -> authorities.size() > 1)
            .count();

    assertThat(withPlans).hasSize(153);
    assertThat(withTwo).isBetween(50L, 200L);
  }

  @Test
  void endsSomePlansWithinTheTwelveMonthsInWhichTheyAreShown() {
    assertThat(PACK.plans()).anyMatch(plan -> plan.period().end().isPresent());
    assertThat(PACK.plans())
        .allSatisfy(
            plan -> {
              assertThat(plan.period().visibleOn(TODAY)).isTrue();
              assertThat(plan.period().start()).isBefore(TODAY);
              plan.period()
                  .end()
                  .ifPresent(end -> assertThat(end).isAfterOrEqualTo(plan.period().start()));
            });
  }

  @Test
  void holdsChildrensPlansForChildrenAndUnbornOnesForMothers() {
    assertThat(PACK.plans())
        .allSatisfy(
            plan -> {
              LocalDate birth = plan.person().dateOfBirth();
              if (plan.type() == PlanType.UNBORN) {
                assertThat(birth).isBefore(TODAY.minusYears(16));
              } else {
                assertThat(birth).isAfter(TODAY.minusYears(18)).isBefore(TODAY);
                assertThat(plan.period().start()).isAfterOrEqualTo(birth);
              }
            });
    assertThat(PACK.plans()).extracting(SyntheticPlan::type).contains(PlanType.values());
  }

  @Test
  void namesPeopleWithLettersThatSystemsHaveMangled() {
    String names =
        PACK.people().stream()
            .map(person -> String.join(" ", person.givenNames()) + person.familyName())
            .collect(Collectors.joining());

    assertThat(names).contains("Ó Briain", "Łucja", "Siân", "ŵ");
  }

  @Test
  void keepsFourChildrenWhoseNumbersHaveAStory() {
    assertThat(PACK.people().subList(1, 5))
        .extracting(DemographicPerson::status)
        .containsExactly(
            DemographicPerson.Status.SENSITIVE,
            DemographicPerson.Status.CURRENT,
            DemographicPerson.Status.SUPERSEDED,
            DemographicPerson.Status.INVALIDATED);
    assertThat(PACK.people().get(3).replacement()).contains(PACK.people().get(2).number());
  }

  @Test
  void makesUpSitesOfManyKindsWithHomertonFirst() {
    assertThat(PACK.sites()).hasSize(1_200);
    assertThat(new HashSet<>(PACK.sites().stream().map(Site::code).toList())).hasSize(1_200);
    assertThat(new HashSet<>(PACK.sites().stream().map(Site::name).toList())).hasSize(1_200);
    assertThat(PACK.sites())
        .extracting(Site::setting)
        .contains(
            CareSetting.EMERGENCY_DEPARTMENT, CareSetting.NHS_111, CareSetting.GENERAL_PRACTICE);
    assertThat(PACK.story().emergencyDepartment().name()).startsWith("Homerton");
  }
}
