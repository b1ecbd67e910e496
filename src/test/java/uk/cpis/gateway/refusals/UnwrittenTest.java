package uk.cpis.gateway.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.RefusalCount;

class UnwrittenTest {

  private static final Instant MINUTE = Instant.parse("2026-11-20T21:10:00Z");

  private final Unwritten unwritten = new Unwritten();

  @Test
  void addsWhatCouldNotBeWrittenToWhatCameSince() {
    unwritten.count(MINUTE, "a", "UNSIGNED");
    Unwritten.Taken taken = unwritten.take();
    unwritten.count(MINUTE, "a", "UNSIGNED");

    unwritten.putBack(taken);

    assertThat(unwritten.take().counts())
        .containsExactly(new RefusalCount(MINUTE, "a", "UNSIGNED", 2));
    assertThat(unwritten.take().isEmpty()).isTrue();
  }

  @Test
  void countsCertificatesBeyondABoundAsOne() {
    LongStream.range(0, 5_000).forEach(each -> unwritten.count(MINUTE, "c" + each, "UNSIGNED"));

    Unwritten.Taken taken = unwritten.take();

    assertThat(taken.counts()).hasSize(2_001);
    assertThat(taken.counts()).contains(new RefusalCount(MINUTE, "others", "others", 3_000));
  }
}
