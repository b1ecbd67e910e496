package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NhsNumberTest {

  @Test
  void acceptsANumberWhoseCheckDigitIsRight() {
    assertThat(NhsNumber.of("9990000018")).isPresent();
    assertThat(NhsNumber.of("9434765919")).isPresent();
  }

  @Test
  void refusesEveryOtherCheckDigit() {
    for (char digit = '0'; digit <= '9'; digit++) {
      if (digit != '8') {
        assertThat(NhsNumber.of("999000001" + digit)).isEmpty();
      }
    }
  }

  @Test
  void refusesANumberWhoseCheckWouldBeTen() {
    for (char digit = '0'; digit <= '9'; digit++) {
      assertThat(NhsNumber.of("999123456" + digit)).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNotTenAsciiDigits() {
    assertThat(NhsNumber.of("999000001")).isEmpty();
    assertThat(NhsNumber.of("99900000180")).isEmpty();
    assertThat(NhsNumber.of("999 000 0018")).isEmpty();
    assertThat(NhsNumber.of("９９９００００018")).isEmpty();
    assertThatThrownBy(() -> new NhsNumber("1")).hasMessageNotContaining("1");
  }

  @Test
  void readsWhatPeopleType() {
    assertThat(NhsNumber.typed("999 000-0018")).contains(new NhsNumber("9990000018"));
  }

  @Test
  void neverShowsItselfInALogLine() {
    assertThat(new NhsNumber("9990000018").toString()).doesNotContain("999");
    assertThat(new NhsNumber("9990000018").spaced()).isEqualTo("999 000 0018");
  }
}
