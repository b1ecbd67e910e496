package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 1, against another way of reckoning it, over many numbers from a fixed seed. */
class NhsNumberPropertiesTest {

  private static final int MANY = 20_000;
  private static final int LENGTH = 10;

  private final Random random = new Random(20_261_120);

  /** The weighted sum of all ten digits, the check digit weighing one, is a multiple of eleven. */
  private static boolean naive(int[] digits) {
    int sum = 0;
    for (int place = 0; place < LENGTH; place++) {
      sum += digits[place] * (LENGTH - place);
    }
    return sum % 11 == 0;
  }

  @Test
  void aNumberIsGoodExactlyWhenItsWeightedSumIsAMultipleOfEleven() {
    for (int i = 0; i < MANY; i++) {
      int[] digits = anyDigits();

      assertThat(NhsNumber.checksOut(text(digits))).as("number %d", i).isEqualTo(naive(digits));
    }
  }

  @Test
  void nineDigitsHaveOneCheckDigitOrNone() {
    int without = 0;
    for (int i = 0; i < MANY; i++) {
      int[] digits = anyDigits();
      long good = IntStream.range(0, 10).filter(check -> isGood(digits, check)).count();
      assertThat(good).isLessThanOrEqualTo(1);
      without += good == 0 ? 1 : 0;
    }
    assertThat(without).isBetween(MANY / 11 - MANY / 50, MANY / 11 + MANY / 50);
  }

  @Test
  void oneWrongDigitIsAlwaysFound() {
    for (int[] digits : goodNumbers()) {
      int place = random.nextInt(LENGTH);
      digits[place] = (digits[place] + 1 + random.nextInt(9)) % 10;

      assertThat(NhsNumber.of(text(digits))).isEmpty();
    }
  }

  @Test
  void twoNeighbouringDigitsThatChangedPlacesAreAlwaysFound() {
    for (int[] digits : goodNumbers()) {
      int place = random.nextInt(LENGTH - 1);
      int left = digits[place];
      digits[place] = digits[place + 1];
      digits[place + 1] = left;

      assertThat(NhsNumber.of(text(digits)).isPresent()).isEqualTo(left == digits[place]);
    }
  }

  @Test
  void spacesAndDashesAreTakenFromPeopleAndNeverFromTheWire() {
    for (int[] digits : goodNumbers()) {
      NhsNumber number = new NhsNumber(text(digits));

      assertThat(NhsNumber.typed(number.spaced())).contains(number);
      assertThat(NhsNumber.typed(number.spaced().replace(' ', '-'))).contains(number);
      assertThat(NhsNumber.of(number.spaced())).isEmpty();
    }
  }

  @Test
  void digitsOfOtherScriptsAreNone() {
    int[] zeros = {0x0660, 0x06F0, 0x0966, 0xFF10};
    for (int[] digits : goodNumbers().subList(0, 50)) {
      for (int zero : zeros) {
        StringBuilder other = new StringBuilder();
        IntStream.of(digits).forEach(digit -> other.appendCodePoint(zero + digit));

        assertThat(NhsNumber.of(other.toString())).isEmpty();
      }
    }
  }

  private static boolean isGood(int[] digits, int check) {
    digits[LENGTH - 1] = check;
    return NhsNumber.checksOut(text(digits));
  }

  private int[] anyDigits() {
    return random.ints(LENGTH, 0, 10).toArray();
  }

  private List<int[]> goodNumbers() {
    List<int[]> good = new ArrayList<>();
    while (good.size() < MANY / 10) {
      int[] digits = anyDigits();
      if (naive(digits)) {
        good.add(digits);
      }
    }
    return good;
  }

  private static String text(int[] digits) {
    StringBuilder text = new StringBuilder();
    IntStream.of(digits).forEach(text::append);
    return text.toString();
  }
}
