package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductVersionTest {

  @ParameterizedTest
  @CsvSource({"8.1.9, 8.1.12", "8.1, 8.1.1", "7.9, 10.0", "v8.1, v8.2", "8.1-beta, 8.2", "beta, 1"})
  void comparesByItsNumbersFromTheLeft(String older, String newer) {
    assertThat(ProductVersion.of(older)).isLessThan(ProductVersion.of(newer));
    assertThat(ProductVersion.of(newer)).isGreaterThan(ProductVersion.of(older));
  }

  @ParameterizedTest
  @CsvSource({
    "8.1, 8.1.0",
    "8.01, 8.1",
    "v8.1, 8.1",
    "99999999999999999999.1, 99999999999999999999.1"
  })
  void isTheSameWhereOnlyTheWritingDiffers(String one, String other) {
    assertThat(ProductVersion.of(one)).isEqualByComparingTo(ProductVersion.of(other));
  }
}
