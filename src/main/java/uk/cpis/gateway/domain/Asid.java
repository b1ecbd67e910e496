package uk.cpis.gateway.domain;

/** The number by which Spine knows one accredited system: twelve digits. */
public record Asid(String digits) implements Comparable<Asid> {

  /** Takes exactly twelve ASCII digits. */
  public Asid {
    if (!digits.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("an ASID is twelve digits");
    }
  }

  @Override
  public int compareTo(Asid other) {
    return digits.compareTo(other.digits);
  }

  @Override
  public String toString() {
    return digits;
  }
}
