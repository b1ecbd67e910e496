package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * An NHS number that passes the modulus 11 check (cpis.md rule 1). Its text is redacted, so that it
 * cannot leak through a log line; {@link #digits()} is the only way to read it.
 */
public record NhsNumber(String digits) implements Comparable<NhsNumber> {

  private static final int LENGTH = 10;

  /** Takes exactly ten ASCII digits with a good check digit. */
  public NhsNumber {
    if (!checksOut(digits)) {
      throw new IllegalArgumentException("not a valid NHS number");
    }
  }

  /** The number in wire form, empty when it is not ten ASCII digits with a good check digit. */
  public static Optional<NhsNumber> of(String digits) {
    return checksOut(digits) ? Optional.of(new NhsNumber(digits)) : Optional.empty();
  }

  /** The number as people write it, spaces and dashes ignored; never for the wire. */
  public static Optional<NhsNumber> typed(String text) {
    return of(text.replaceAll("[ -]", ""));
  }

  /** Whether the text is ten ASCII digits, the last being the modulus 11 check of the others. */
  public static boolean checksOut(String text) {
    return text.length() == LENGTH
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && checkDigit(text) == text.charAt(LENGTH - 1) - '0';
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < LENGTH - 1; i++) {
      sum += (digits.charAt(i) - '0') * (LENGTH - i);
    }
    int check = 11 - sum % 11;
    return check == 11 ? 0 : check;
  }

  /** The number as it is shown to people: three, three and four digits. */
  public String spaced() {
    return digits.substring(0, 3) + " " + digits.substring(3, 6) + " " + digits.substring(6);
  }

  @Override
  public int compareTo(NhsNumber other) {
    return digits.compareTo(other.digits);
  }

  @Override
  public String toString() {
    return "NhsNumber[redacted]";
  }
}
