package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 14: the numbers of one person in their order, the same whichever was asked for. */
class LinkedNumbersTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final NhsNumber A = new NhsNumber("9990000018");
  private static final NhsNumber B = new NhsNumber("9990000026");
  private static final NhsNumber C = new NhsNumber("9990000034");
  private static final NhsNumber D = new NhsNumber("9990000042");

  @Test
  void anOrdinaryNumberIsAlone() {
    assertThat(LinkedNumbers.of(A, List.of(), false)).isEqualTo(LinkedNumbers.alone(A));
  }

  @Test
  void aMergedPersonsNumbersAreTheSameWhicheverIsAskedFor() {
    List<NumberLink> links = List.of(link(A, B, 1), link(B, C, 2));

    for (NhsNumber asked : List.of(A, B, C)) {
      assertThat(LinkedNumbers.of(asked, links, false).newestFirst()).containsExactly(C, B, A);
    }
  }

  @Test
  void ofTwoNumbersMergedIntoOneTheLaterMergeComesFirst() {
    List<NumberLink> links = List.of(link(A, D, 1), link(C, D, 3), link(B, C, 2));

    assertThat(LinkedNumbers.of(B, links, false).newestFirst()).containsExactly(D, C, A, B);
  }

  @Test
  void mergesThatGoRoundInACircleHaveOneOrderToo() {
    List<NumberLink> links = List.of(link(A, B, 1), link(B, A, 2));

    for (NhsNumber asked : List.of(A, B)) {
      assertThat(LinkedNumbers.of(asked, links, false).newestFirst()).containsExactly(A, B);
    }
  }

  private static NumberLink link(NhsNumber older, NhsNumber newer, int minute) {
    return new NumberLink(older, newer, NOON.plusSeconds(60L * minute));
  }
}
