package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SubjectTest {

  @Test
  void isAdultFromThe18thBirthdayOn() {
    Subject subject = bornOn(LocalDate.of(2008, 11, 20));
    assertThat(subject.adultOn(LocalDate.of(2026, 11, 19))).isFalse();
    assertThat(subject.adultOn(LocalDate.of(2026, 11, 20))).isTrue();
  }

  @Test
  void whoWasBornOnALeapDayComesOfAgeOnTheFirstOfMarch() {
    Subject subject = bornOn(LocalDate.of(2008, 2, 29));
    assertThat(subject.adultOn(LocalDate.of(2026, 2, 28))).isFalse();
    assertThat(subject.adultOn(LocalDate.of(2026, 3, 1))).isTrue();
  }

  @Test
  void neverShowsItselfInALogLine() {
    assertThat(bornOn(LocalDate.of(2008, 2, 29)).toString()).doesNotContain("Testchild", "2008");
  }

  private static Subject bornOn(LocalDate day) {
    return new Subject("Testchild", "Anna", day);
  }
}
