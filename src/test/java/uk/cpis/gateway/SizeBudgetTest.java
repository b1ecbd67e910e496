package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.testing.RecordedLog;

class SizeBudgetTest {

  private static final long MEGABYTE = 1L << 20;

  @Test
  void tellsOnceThatTheStoreIsTooBigAndOnceThatItIsNotAnyMore() {
    AtomicLong bytes = new AtomicLong(10 * MEGABYTE);
    SizeBudget size = new SizeBudget(bytes::get, 10);
    try (RecordedLog log = RecordedLog.of(SizeBudget.class.getName())) {
      size.look();
      assertThat(size.fault()).isEmpty();

      bytes.set(11 * MEGABYTE);
      size.look();
      size.look();
      assertThat(size.fault()).contains("11MB of 10MB expected");

      bytes.set(9 * MEGABYTE);
      size.look();
      size.look();
      assertThat(size.fault()).isEmpty();
      assertThat(size.state()).isEqualTo("9MB of 10MB expected");
      assertThat(log.messages())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("CPG-STORE-OVER-BUDGET size=11MB budget=10MB"),
              line -> assertThat(line).isEqualTo("CPG-STORE-IN-BUDGET size=9MB budget=10MB"));
    }
  }
}
