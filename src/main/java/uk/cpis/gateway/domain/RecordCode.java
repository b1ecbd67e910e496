package uk.cpis.gateway.domain;

/** The code of one record in a submission's acknowledgement (cpis.md §3). */
public enum RecordCode {
  /** No match for the NHS number. */
  CPR01,
  /** Matched, but sensitive: may not be loaded. */
  CPR02,
  /** Demographics do not match. */
  CPR03,
  /** Number format incorrect. */
  CPR04,
  /** Number superseded, new number required. */
  CPR05,
  /** Loaded. */
  CPR06,
  /** Refused for another reason, qualified by a detail code. */
  CPR07;

  public boolean loaded() {
    return this == CPR06;
  }
}
