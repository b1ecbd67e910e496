package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MINUTE = 60_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final Pace pace = new Pace(2, now::get);

  @Test
  void holdsBackWhatIsTooMuchForAMinute() {
    assertThat(pace.next("kind")).isEqualTo(OptionalInt.of(0));
    assertThat(pace.next("kind")).isEqualTo(OptionalInt.of(0));
    assertThat(pace.next("kind")).isEmpty();
    assertThat(pace.next("other")).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void tellsInTheNextMinuteHowManyWereHeldBack() {
    for (int i = 0; i < 5; i++) {
      pace.next("kind");
    }

    now.addAndGet(MINUTE);

    assertThat(pace.next("kind")).isEqualTo(OptionalInt.of(3));
    assertThat(pace.next("kind")).isEqualTo(OptionalInt.of(0));
  }
}
