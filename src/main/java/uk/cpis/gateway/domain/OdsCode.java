package uk.cpis.gateway.domain;

import java.util.Locale;

/**
 * An organisation's code: three to twelve capital letters and digits; it says nothing of its type.
 */
public record OdsCode(String value) implements Comparable<OdsCode> {

  /** Takes a code in either case and keeps it in capitals. */
  public OdsCode {
    value = value.toUpperCase(Locale.ROOT);
    if (!value.matches("[A-Z0-9]{3,12}")) {
      throw new IllegalArgumentException("an organisation code is 3 to 12 letters and digits");
    }
  }

  @Override
  public int compareTo(OdsCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
