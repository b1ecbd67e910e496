package uk.cpis.gateway.submission;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The version of a product, compared by its numbers from the left; letters do not count. */
record ProductVersion(List<BigInteger> numbers) implements Comparable<ProductVersion> {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  static ProductVersion of(String text) {
    return new ProductVersion(
        NUMBER.matcher(text).results().map(MatchResult::group).map(BigInteger::new).toList());
  }

  @Override
  public int compareTo(ProductVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int difference = number(i).compareTo(other.number(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** A number that is not stated is zero: 8.1 is the same version as 8.1.0. */
  private BigInteger number(int index) {
    return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
  }
}
