package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.simulator.SyntheticPack;

class QuestionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final SyntheticPack PACK = SyntheticPack.of(SyntheticPack.SEED, 200, TODAY);
  private static final Set<NhsNumber> WITH_PLANS =
      PACK.plans().stream().map(plan -> plan.person().number()).collect(Collectors.toSet());

  @Test
  void asMuchAsWantedAreAboutPeopleWithPlansEvenlySpread() {
    Questions questions = new Questions(PACK, TODAY, 2.5);

    List<Integer> hits =
        IntStream.range(0, 400)
            .filter(index -> WITH_PLANS.contains(questions.person(index)))
            .boxed()
            .toList();

    assertThat(hits).hasSize(10).startsWith(39, 79, 119);
    assertThat(questions.hitsBefore(400)).isEqualTo(10);
  }

  @Test
  void theOthersAreOnNoRegister() {
    Questions questions = new Questions(PACK, TODAY, 0);
    Set<NhsNumber> registered =
        PACK.people().stream().map(DemographicPerson::number).collect(Collectors.toSet());

    assertThat(IntStream.range(0, 20_000).mapToObj(questions::person))
        .doesNotContainAnyElementsOf(registered);
  }

  @Test
  void eachHitIsAboutTheNextPerson() {
    Questions questions = new Questions(PACK, TODAY, 100);

    assertThat(IntStream.range(0, 150).mapToObj(questions::person)).doesNotHaveDuplicates();
  }

  @Test
  void aHitOwesOneNotificationToEachAuthorityWithAVisiblePlan() {
    Questions questions = new Questions(PACK, TODAY, 100);

    for (int index = 0; index < 150; index++) {
      NhsNumber person = questions.person(index);
      long authorities =
          PACK.plans().stream()
              .filter(plan -> plan.person().number().equals(person))
              .filter(plan -> plan.period().visibleOn(TODAY))
              .map(plan -> plan.authority())
              .distinct()
              .count();
      assertThat(questions.owedBetween(index, index + 1)).isEqualTo(authorities).isPositive();
    }
  }
}
