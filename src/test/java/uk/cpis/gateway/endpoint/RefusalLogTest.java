package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.RefusalNote;
import uk.cpis.gateway.testing.RecordedLog;

class RefusalLogTest {

  @Test
  void tellsOfWhatBreaksByPlaceAndNeverFillsTheDiskWithIt() {
    List<RefusalNote> noted = new ArrayList<>();
    RefusalLog log =
        new RefusalLog(
            new RefusalRecords(
                (message, sender, reason) -> {}, noted::add, (certificate, cause) -> {}));
    IllegalArgumentException broken = new IllegalArgumentException("999 000 0018");

    try (RecordedLog told = RecordedLog.of(RefusalLog.class.getName())) {
      for (int i = 0; i < 1_000; i++) {
        log.broke(UUID.randomUUID(), broken, Optional.empty());
      }

      assertThat(told.messages()).hasSizeBetween(1, 20);
      assertThat(told.messages().get(0))
          .contains("code=CPG-801", "java.lang.IllegalArgumentException", "RefusalLogTest")
          .doesNotContain("999");
      assertThat(noted).hasSize(1_000);
      assertThat(noted.get(999).found()).contains("RefusalLogTest").doesNotContain("999 000");
    }
  }
}
