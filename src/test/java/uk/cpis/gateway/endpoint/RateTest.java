package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Rate<String> rate = new Rate<>(10, now::get);

  @Test
  void letsTwoSecondsWorthComeAtOnceAndThenSoManyASecond() {
    assertThat(admitted("greedy", 200)).isEqualTo(20);

    int later = 0;
    for (int i = 0; i < 100; i++) {
      now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
      later += admitted("greedy", 20);
    }

    assertThat(later).isEqualTo(100);
  }

  @Test
  void countsEachForItself() {
    admitted("greedy", 200);

    assertThat(admitted("modest", 5)).isEqualTo(5);
  }

  @Test
  void savesNoMoreThanTwoSecondsWorth() {
    admitted("quiet", 1);
    now.addAndGet(TimeUnit.HOURS.toNanos(1));

    assertThat(admitted("quiet", 200)).isEqualTo(20);
  }

  @Test
  void forgetsTheQuietAndStaysStrictHoweverManyThereAre() {
    IntStream.range(0, 20_000).forEach(i -> rate.admit("certificate " + i));
    admitted("greedy", 200);

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    admitted("greedy", 10);
    IntStream.range(0, 20_000).forEach(i -> rate.admit("another " + i));

    assertThat(rate.admit("greedy")).isFalse();
  }

  private int admitted(String kind, int tries) {
    return (int) IntStream.range(0, tries).filter(i -> rate.admit(kind)).count();
  }
}
