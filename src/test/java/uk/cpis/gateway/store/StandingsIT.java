package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.NumberStanding.Current;
import uk.cpis.gateway.domain.NumberStanding.Invalidated;
import uk.cpis.gateway.domain.NumberStanding.Sensitive;
import uk.cpis.gateway.domain.NumberStanding.Superseded;

/** How numbers stand, and which of them are one person's (rules 14 and 19). */
class StandingsIT {

  private static final NhsNumber A = new NhsNumber("9990000018");
  private static final NhsNumber B = new NhsNumber("9990000026");
  private static final NhsNumber C = new NhsNumber("9990000034");

  @TempDir Path directory;
  private Store store;
  private int minute;

  @BeforeEach
  void open() {
    store = Examples.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aNumberOfWhichNothingWasSaidIsCurrentAndAlone() {
    assertThat(of(A)).isEqualTo(new Current());
    assertThat(linked(A)).isEqualTo(LinkedNumbers.alone(A));
  }

  @Test
  void keepsEachStandingAndSaysWhetherItIsNews() {
    List<NumberStanding> standings =
        List.of(
            superseded(B), new Superseded(Optional.empty()), new Invalidated(), new Sensitive());
    for (NumberStanding standing : standings) {
      assertThat(put(A, standing)).isTrue();
      assertThat(put(A, standing)).isFalse();
      assertThat(of(A)).isEqualTo(standing);
    }
    assertThat(put(A, new Current())).isTrue();
    assertThat(put(A, new Current())).isFalse();
    assertThat(put(B, new Current())).isFalse();
    assertThat(of(A)).isEqualTo(new Current());
  }

  @Test
  void followsMergesUpAndDownFromEveryNumberOfThePerson() {
    put(A, superseded(B));
    put(B, superseded(C));

    for (NhsNumber asked : List.of(A, B, C)) {
      assertThat(linked(asked).newestFirst()).containsExactly(C, B, A);
      assertThat(linked(asked).withheld()).isFalse();
    }
  }

  @Test
  void mergesThatGoRoundInACircleComeToAnEnd() {
    put(A, superseded(B));
    put(B, superseded(A));

    assertThat(linked(A)).isEqualTo(linked(B));
    assertThat(linked(A).newestFirst()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void anAdoptedChildsOldNumberIsWithheldAndLeadsNowhere() {
    put(A, superseded(B));
    put(A, new Invalidated());

    assertThat(linked(A)).isEqualTo(new LinkedNumbers(List.of(A), List.of(), true));
    assertThat(linked(B)).isEqualTo(LinkedNumbers.alone(B));
  }

  @Test
  void whatWasMergedIntoAnInvalidatedNumberIsWithheldToo() {
    put(A, superseded(B));
    put(B, new Invalidated());

    assertThat(linked(A).withheld()).isTrue();
    assertThat(linked(B).withheld()).isTrue();
  }

  @Test
  void aSensitivePersonIsWithheldUnderEveryNumber() {
    put(A, superseded(B));
    put(B, new Sensitive());

    assertThat(linked(A).withheld()).isTrue();
    assertThat(linked(B).withheld()).isTrue();
  }

  @Test
  void aMergedNumberThatBecomesSensitiveWithholdsThePersonUnderTheNewNumberToo() {
    put(A, superseded(B));
    put(A, new Sensitive());

    assertThat(linked(B).withheld()).isTrue();

    put(A, new Current());

    assertThat(linked(B)).isEqualTo(LinkedNumbers.alone(B));
  }

  @Test
  void theSameNewsFromTwoAtOnceAreNewsOnce() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        NumberStanding news = round % 2 == 0 ? superseded(B) : new Sensitive();
        Callable<Boolean> telling = () -> put(A, news);
        List<Future<Boolean>> told = two.invokeAll(List.of(telling, telling));

        assertThat(List.of(told.get(0).get(), told.get(1).get())).containsOnlyOnce(true);
      }
    } finally {
      two.shutdownNow();
    }
  }

  private static Superseded superseded(NhsNumber replacement) {
    return new Superseded(Optional.of(replacement));
  }

  private synchronized Duration later() {
    return Duration.ofMinutes(minute++);
  }

  private boolean put(NhsNumber number, NumberStanding standing) {
    return store.inTransaction(tx -> tx.standings().put(number, standing, NOON.plus(later())));
  }

  private NumberStanding of(NhsNumber number) {
    return store.read(tx -> tx.standings().of(number));
  }

  private LinkedNumbers linked(NhsNumber number) {
    return store.read(tx -> tx.standings().linked(number));
  }
}
