package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PendingTest {

  private final Pending<String> pending = new Pending<>();

  @Test
  void isWithdrawnWhenTheWriterHasNotBegunInTime() {
    assertThatThrownBy(() -> pending.inTime(PendingTest::inVain))
        .isInstanceOf(TimeoutException.class);

    assertThat(pending.take()).isFalse();
  }

  @Test
  void isWaitedForOnceMoreWhileTheWriterHasItInHand() throws Exception {
    pending.take();

    String result =
        pending.inTime(
            () -> {
              if (pending.complete("written")) {
                throw new TimeoutException();
              }
              return pending.join();
            });

    assertThat(result).isEqualTo("written");
  }

  @Test
  void isWithdrawnAfterTheSecondWaitWhenTheWriterHasPutItBack() {
    pending.take();
    boolean[] second = {false};

    assertThatThrownBy(
            () ->
                pending.inTime(
                    () -> {
                      if (second[0]) {
                        pending.putBack();
                      }
                      second[0] = true;
                      return inVain();
                    }))
        .isInstanceOf(TimeoutException.class);

    assertThat(pending.take()).isFalse();
  }

  private static String inVain() throws TimeoutException {
    throw new TimeoutException();
  }
}
