package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 6: days are days in London, in winter and in summer time. */
class LondonDayTest {

  @ParameterizedTest(name = "at {0} it is {1} in London")
  @CsvSource({
    "2026-01-15T23:59:59.999Z, 2026-01-15",
    "2026-01-16T00:00:00.000Z, 2026-01-16",
    "2026-07-15T22:59:59.999Z, 2026-07-15",
    "2026-07-15T23:00:00.000Z, 2026-07-16",
    // The night in which summer time begins, and the one in which it ends.
    "2026-03-28T23:59:59.999Z, 2026-03-28",
    "2026-03-29T22:59:59.999Z, 2026-03-29",
    "2026-03-29T23:00:00.000Z, 2026-03-30",
    "2026-10-24T23:00:00.000Z, 2026-10-25",
    "2026-10-25T23:59:59.999Z, 2026-10-25",
    "2028-02-29T23:59:59.999Z, 2028-02-29",
  })
  void aDayEndsAtMidnightInLondon(Instant at, LocalDate day) {
    assertThat(LondonDay.of(at)).isEqualTo(day);
  }
}
