package uk.cpis.gateway.domain;

/** A telephone number as it is shown: 1 to 40 characters, never empty. */
public record Telephone(String number) {

  /** Takes a number as people write it. */
  public Telephone {
    if (number.isBlank() || number.length() > 40) {
      throw new IllegalArgumentException("a telephone number is 1 to 40 characters");
    }
  }

  @Override
  public String toString() {
    return number;
  }
}
