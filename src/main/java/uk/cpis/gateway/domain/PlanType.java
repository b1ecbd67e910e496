package uk.cpis.gateway.domain;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of plan that local authorities send (cpis.md §2). */
public enum PlanType {
  CHILD_PROTECTION("CPP", "child protection plan"),
  LOOKED_AFTER("LAC", "looked-after child"),
  /** Held against the mother's NHS number; nothing about the unborn child is carried. */
  UNBORN("UCP", "unborn child protection plan");

  private final String code;
  private final String description;

  PlanType(String code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The type with this code stem. */
  public static Optional<PlanType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /**
   * Whether a record of this type ends of itself when its person is 18; an unborn child's plan is
   * the mother's and does not (cpis.md rule 13).
   */
  public boolean endsAtEighteen() {
    return this != UNBORN;
  }

  public String code() {
    return code;
  }

  /** In words, for people. */
  public String description() {
    return description;
  }
}
